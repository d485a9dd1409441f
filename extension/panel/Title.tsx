import { Flags } from "./Flags";
import { useFrame } from "./frame";
import { ownOrigin } from "./state";
import { TexText } from "./TexText";
import { langAttributes } from "../shared/language";

export function Title() {
  const { state, targetLang } = useFrame();
  const { title, paper } = state;
  if (!title) return null;
  return (
    <div class="title">
      <h2 {...langAttributes(targetLang)} title={ownOrigin(state, title.origin)}>
        <TexText text={title.text} />
      </h2>
      <Flags flags={title.flags} sources={paper.title ? [paper.title] : []} />
    </div>
  );
}
