import { isUntranslated } from "./doubt";
import { Flags } from "./Flags";
import { useFrame } from "./frame";
import { TexText } from "./TexText";
import { langAttributes } from "../shared/language";

export function Title() {
  const { state, targetLang } = useFrame();
  const { title, paper } = state;
  if (!title) return null;
  const original = isUntranslated(title.flags) ? (paper.title ?? null) : null;
  return (
    <div class="title">
      <h2 {...langAttributes(original === null ? targetLang : "en")}>
        <TexText text={original ?? title.text} />
      </h2>
      <Flags
        flags={title.flags}
        sources={paper.title ? [paper.title] : []}
        attempt={original === null ? null : title.text}
      />
    </div>
  );
}
