import { Flags } from "../Flags";
import { useContentWords, useFrame } from "../frame";
import { TexText } from "../TexText";
import { Claim } from "./Claim";
import { useFullTextFrame } from "./frame";
import { PlaceButton } from "./PlaceButton";
import { langAttributes } from "../../shared/language";

/** The outline of the paper; under each heading, once it is there, what the section says. */
export function Sections() {
  const { targetLang } = useFrame();
  const words = useContentWords();
  const { outline, sections } = useFullTextFrame().fullText;
  if (!outline || outline.sections.length === 0) return null;
  const told = new Map(sections.map((section) => [section.index, section]));
  return (
    <section>
      <h3 lang={words.lang}>{words.sections}</h3>
      <ol class="outline">
        {outline.sections.map(({ index, title, level, page, anchor }) => {
          const section = told.get(index);
          return (
            <li key={index} class={section ? undefined : "awaited"} style={{ "--level": level - 1 }}>
              <div class="heading" {...langAttributes(section ? targetLang : "en")} title={title}>
                <TexText text={section?.title.text ?? title} />
                <PlaceButton place={{ page, anchor, section: title }} />
              </div>
              {section && (section.gist ? <Claim {...section} text={section.gist} /> : <OnlyFlags {...section} />)}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function OnlyFlags({ flags, title }: Pick<Parameters<typeof Flags>[0], "flags"> & { title: { source: string } }) {
  return <Flags flags={flags} sources={[title.source]} />;
}
