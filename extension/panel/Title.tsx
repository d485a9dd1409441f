import { estimateTitle } from "./estimate";
import { Flags } from "./Flags";
import { useFrame } from "./frame";
import { Hold } from "./Hold";
import { TexText } from "./TexText";

export function Title() {
  const { state, targetLang } = useFrame();
  const { title, paper, phase } = state;
  if (!paper.title || (!title && phase !== "working")) return null;
  return (
    <div class="title">
      <Hold chars={estimateTitle(paper.title)} waiting={!title}>
        {title && (
          <>
            <h2 lang={targetLang}>
              <TexText text={title.text} />
            </h2>
            <Flags flags={title.flags} sources={[paper.title]} />
          </>
        )}
      </Hold>
    </div>
  );
}
