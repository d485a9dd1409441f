import { lightHandlers, useFrame } from "./frame";
import type { Light } from "./state";

/** `[2, 5]` behind a text: the sentences it was made from. Pointing lights them, a click pins them and shows them. */
export function EvidenceButton({ light }: { light: Light }) {
  const { words, state, dispatch } = useFrame();
  if (light.segments.length === 0) return null;
  const numbers = light.segments.map((index) => index + 1).join(", ");
  const pinned = state.pinned?.key === light.key;
  return (
    <button
      type="button"
      class="evidence"
      aria-pressed={pinned}
      aria-label={words.evidence(numbers)}
      title={words.evidence(numbers)}
      onClick={(event) => {
        event.stopPropagation();
        dispatch({ type: "pin", light });
      }}
      {...lightHandlers(dispatch, light)}
    >
      {/* The word joiner keeps it on the line of the text that it belongs to. */}
      {`\u2060[${numbers}]`}
    </button>
  );
}

export function sourcesOf(light: Light, sentences: readonly { index: number; source: string }[]): string[] {
  return sentences.filter((sentence) => light.segments.includes(sentence.index)).map((sentence) => sentence.source);
}

/** A click on a text pins it, unless it was the end of selecting some of it. */
export function isPlainClick(event: MouseEvent): boolean {
  const root = (event.currentTarget as Element).getRootNode() as Document & { getSelection?: () => Selection | null };
  const selection = root.getSelection?.() ?? (event.currentTarget as Element).ownerDocument.getSelection();
  return !selection || selection.isCollapsed;
}
