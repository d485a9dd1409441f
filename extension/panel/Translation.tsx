import { useId } from "preact/hooks";
import { isPlainClick } from "./Evidence";
import { isUntranslated } from "./doubt";
import { Flags } from "./Flags";
import { highlightHandlers, useContentWords, useFrame } from "./frame";
import { useRoving } from "./roving";
import { highlightedSegments, ownOrigin, readySentences, type Sentence } from "./state";
import { TexText } from "./TexText";
import { direction, langAttributes, sentenceGap } from "../shared/language";

/** The whole abstract as running text; each sentence carries its number, as the evidence names it. */
export function Translation() {
  const { state, targetLang } = useFrame();
  const words = useContentWords();
  const ready = readySentences(state);
  const roving = useRoving(ready.length);
  const id = useId();
  if (ready.length === 0) return null;
  return (
    <section>
      <h3 id={id} lang={words.lang}>
        {words.translation}
      </h3>
      <div
        class="prose"
        dir={direction(targetLang)}
        role="group"
        aria-labelledby={id}
        onFocusIn={roving.onFocusIn}
        onKeyDown={roving.onKeyDown}
      >
        {ready.map((sentence, position) => (
          <SentenceSpan key={sentence.index} sentence={sentence} stop={roving.stop(position)} />
        ))}
      </div>
    </section>
  );
}

function SentenceSpan({ sentence, stop }: { sentence: Sentence; stop: object }) {
  const { state, dispatch, targetLang } = useFrame();
  const highlight = { key: `segment-${sentence.index}`, segments: [sentence.index] };
  const untranslated = isUntranslated(sentence.flags);
  const pin = (): void => dispatch({ type: "pin", highlight });
  return (
    <>
      <span
        {...langAttributes(untranslated ? "en" : targetLang)}
        title={ownOrigin(state, sentence.origin)}
        class={highlightedSegments(state).includes(sentence.index) ? "sentence highlighted" : "sentence"}
        {...stop}
        {...highlightHandlers(dispatch, highlight)}
        onClick={(event) => isPlainClick(event) && pin()}
        onKeyDown={(event) => event.key === "Enter" && event.target === event.currentTarget && pin()}
      >
        <sup class="number" aria-hidden="true" data-origin={ownOrigin(state, sentence.origin)}>
          {`${sentence.index + 1}\u2060`}
        </sup>
        <TexText text={untranslated ? sentence.source : (sentence.text ?? "")} />
      </span>
      <Flags flags={sentence.flags} sources={[sentence.source]} attempt={untranslated ? sentence.text : null} />
      {sentenceGap(targetLang)}
    </>
  );
}
