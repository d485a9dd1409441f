import { Fragment } from "preact";
import { direction, sentenceGap } from "../shared/language";
import { EvidencedText } from "./EvidencedText";
import { useFrame } from "./frame";

export function Summary() {
  const { state, words, targetLang } = useFrame();
  if (!state.summary || state.summary.length === 0) return null;
  return (
    <section>
      <h3>{words.summary}</h3>
      <p class="prose" dir={direction(targetLang)}>
        {state.summary.map((sentence, index) => (
          <Fragment key={index}>
            <EvidencedText name={`summary-${index}`} {...sentence} />
            {sentenceGap(targetLang)}
          </Fragment>
        ))}
      </p>
    </section>
  );
}
