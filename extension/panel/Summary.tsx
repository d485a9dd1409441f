import { Fragment } from "preact";
import { direction, sentenceGap } from "../shared/language";
import { EvidencedText } from "./EvidencedText";
import { useContentWords, useFrame } from "./frame";
import { summaryOnce } from "./once";

export function Summary() {
  const { state, targetLang } = useFrame();
  const words = useContentWords();
  const sentences = summaryOnce(state);
  if (sentences.length === 0) return null;
  return (
    <section>
      <h3 lang={words.lang}>{words.summary}</h3>
      <p class="prose" dir={direction(targetLang)}>
        {sentences.map((sentence, index) => (
          <Fragment key={index}>
            <EvidencedText name={`summary-${index}`} {...sentence} />
            {sentenceGap(targetLang)}
          </Fragment>
        ))}
      </p>
    </section>
  );
}
