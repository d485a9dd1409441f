import { EvidenceButton } from "./Evidence";
import { useContentWords, useFrame } from "./frame";
import { takeawayLines } from "./once";
import type { PanelState } from "./state";

/** The sentences that say the most: those of the summary, else those that takeaways were made from. */
export function keySegments({ summary, takeaways }: PanelState): number[] {
  const said = summary && summary.length > 0 ? summary : takeaways.filter(({ withheld }) => !withheld);
  return [...new Set(said.flatMap(({ evidence }) => evidence))].sort((a, b) => a - b);
}

/**
 * For who reads the original itself: which sentence says what. The sentences are tinted where they stand, so that none
 * of them need be said again here.
 */
export function KeySentences() {
  const { state, words } = useFrame();
  const { label: labels, lang } = useContentWords();
  const lines = takeawayLines(state.takeaways);
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{words.keySentences}</h3>
      <p class="key-sentences">
        {lines.map(({ takeaway: { index, evidence }, label }) => (
          <span key={index}>
            {label && (
              <span class="label" lang={lang}>
                {labels[label]}
              </span>
            )}
            <EvidenceButton highlight={{ key: `takeaway-${index}`, segments: evidence }} />
          </span>
        ))}
      </p>
    </section>
  );
}
