import type { Flag } from "../shared/wire";
import { langAttributes } from "../shared/language";
import { EvidenceButton, isPlainClick, sourcesOf } from "./Evidence";
import { Flags, Sources } from "./Flags";
import { highlightHandlers, useFrame } from "./frame";
import { isHighlighted, ownOrigin, type Highlight } from "./state";
import { TexText } from "./TexText";

interface EvidencedTextProps {
  /** Tells the text from the others: `summary-0`, `takeaway-2`. */
  name: string;
  text: string;
  /** Indexes of the sentences that it was made from. */
  evidence: readonly number[];
  flags: readonly Flag[];
  /** The model that wrote it. */
  origin: string;
}

/** A text with its evidence and its marks; pointing at it highlights the evidence, a click pins and quotes it. */
export function EvidencedText({ name, text, evidence, flags, origin }: EvidencedTextProps) {
  const { state, dispatch, targetLang } = useFrame();
  const highlight: Highlight = { key: name, segments: evidence };
  const sources = sourcesOf(highlight, state.sentences);
  return (
    <>
      <span
        {...langAttributes(targetLang)}
        title={ownOrigin(state, origin)}
        class={isHighlighted(state, name) ? "sentence highlighted" : "sentence"}
        onClick={(event) => isPlainClick(event) && dispatch({ type: "pin", highlight })}
        {...highlightHandlers(dispatch, highlight)}
      >
        <TexText text={text} />
      </span>
      <EvidenceButton highlight={highlight} />
      <Flags flags={flags} sources={sources} />
      {state.pinned?.key === name && (
        <span class="note">
          <Sources sources={sources} />
        </span>
      )}
    </>
  );
}
