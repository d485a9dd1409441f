import { highlightHandlers, useFrame } from "./frame";
import { InlineButton } from "./InlineButton";
import type { Highlight } from "./state";

/** `[2, 5]` behind a text: the sentences it was made from. Pointing highlights them, a click pins them and shows them. */
export function EvidenceButton({ highlight }: { highlight: Highlight }) {
  const { words, state, dispatch } = useFrame();
  if (highlight.segments.length === 0) return null;
  const numbers = highlight.segments.map((index) => index + 1).join(",\u202f");
  return (
    <InlineButton
      name={words.evidence(numbers)}
      class="evidence"
      aria-pressed={state.pinned?.key === highlight.key}
      onPress={() => dispatch({ type: "pin", highlight })}
      {...highlightHandlers(dispatch, highlight)}
    >
      [{numbers}]
    </InlineButton>
  );
}

export function sourcesOf(highlight: Highlight, sentences: readonly { index: number; source: string }[]): string[] {
  return sentences.filter((sentence) => highlight.segments.includes(sentence.index)).map((sentence) => sentence.source);
}

/** A click on a text pins it, unless it was the end of selecting some of it. */
export function isPlainClick(event: MouseEvent): boolean {
  const place = event.currentTarget as Element;
  const root = place.getRootNode();
  // Only Chrome tells a shadow root's own selection; elsewhere the document's has to do.
  const selection = "getSelection" in root ? (root as Document).getSelection() : place.ownerDocument.getSelection();
  return !selection || selection.isCollapsed;
}
