import { lightHandlers, useFrame } from "./frame";
import { InlineButton } from "./InlineButton";
import type { Light } from "./state";

/** `[2, 5]` behind a text: the sentences it was made from. Pointing lights them, a click pins them and shows them. */
export function EvidenceButton({ light }: { light: Light }) {
  const { words, state, dispatch } = useFrame();
  if (light.segments.length === 0) return null;
  const numbers = light.segments.map((index) => index + 1).join(",\u202f");
  return (
    <InlineButton
      name={words.evidence(numbers)}
      class="evidence"
      aria-pressed={state.pinned?.key === light.key}
      onPress={() => dispatch({ type: "pin", light })}
      {...lightHandlers(dispatch, light)}
    >
      [{numbers}]
    </InlineButton>
  );
}

export function sourcesOf(light: Light, sentences: readonly { index: number; source: string }[]): string[] {
  return sentences.filter((sentence) => light.segments.includes(sentence.index)).map((sentence) => sentence.source);
}

/** A click on a text pins it, unless it was the end of selecting some of it. */
export function isPlainClick(event: MouseEvent): boolean {
  const place = event.currentTarget as Element;
  const root = place.getRootNode();
  // Only Chrome tells a shadow root's own selection; elsewhere the document's has to do.
  const selection = "getSelection" in root ? (root as Document).getSelection() : place.ownerDocument.getSelection();
  return !selection || selection.isCollapsed;
}
