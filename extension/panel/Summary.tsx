import type { SummarySentence } from "../shared/wire";
import { EvidenceButton, isPlainClick, sourcesOf } from "./Evidence";
import { Flags, Sources } from "./Flags";
import { lightHandlers, useFrame } from "./frame";
import { isLit } from "./state";
import { TexText } from "./TexText";
import { gap, side, tongue } from "../shared/language";

export function Summary() {
  const { state, words, targetLang } = useFrame();
  if (!state.summary || state.summary.length === 0) return null;
  return (
    <section>
      <h3>{words.summary}</h3>
      <p class="prose" dir={side(targetLang)}>
        {state.summary.map((sentence, index) => (
          <SummarySpan key={index} sentence={sentence} index={index} />
        ))}
      </p>
    </section>
  );
}

function SummarySpan({ sentence, index }: { sentence: SummarySentence; index: number }) {
  const { state, dispatch, targetLang } = useFrame();
  const light = { key: `summary-${index}`, segments: sentence.evidence };
  const sources = sourcesOf(light, state.sentences);
  return (
    <>
      <span
        {...tongue(targetLang)}
        class={isLit(state, light.key) ? "sentence lit" : "sentence"}
        onClick={(event) => isPlainClick(event) && dispatch({ type: "pin", light })}
        {...lightHandlers(dispatch, light)}
      >
        <TexText text={sentence.text} />
      </span>
      <EvidenceButton light={light} />
      <Flags flags={sentence.flags} sources={sources} />
      {state.pinned?.key === light.key && (
        <span class="note">
          <Sources sources={sources} />
        </span>
      )}
      {gap(targetLang)}
    </>
  );
}
