import { estimateSummary } from "./estimate";
import { EvidenceButton, isPlainClick, sourcesOf } from "./Evidence";
import { Flags, Sources } from "./Flags";
import { lightHandlers, useFrame } from "./frame";
import { Hold } from "./Hold";
import { isLit } from "./state";
import { TexText } from "./TexText";

export function Summary() {
  const { state, dispatch, words, targetLang } = useFrame();
  const { summary, phase, paper } = state;
  if (summary?.length === 0 || (!summary && phase !== "working")) return null;
  return (
    <section>
      <h3>{words.summary}</h3>
      <Hold chars={estimateSummary(paper.abstract)} waiting={!summary}>
        <p class="prose">
          {summary?.map((sentence, index) => {
            const light = { key: `summary-${index}`, segments: sentence.evidence };
            const sources = sourcesOf(light, state.sentences);
            const pinned = state.pinned?.key === light.key;
            return (
              <span key={index}>
                <span
                  lang={targetLang}
                  class={isLit(state, light.key) ? "sentence lit" : "sentence"}
                  onClick={(event) => isPlainClick(event) && dispatch({ type: "pin", light })}
                  {...lightHandlers(dispatch, light)}
                >
                  <TexText text={sentence.text} />
                </span>
                <EvidenceButton light={light} />
                <Flags flags={sentence.flags} sources={sources} />
                {pinned && (
                  <span class="note">
                    <Sources sources={sources} />
                  </span>
                )}
              </span>
            );
          })}
        </p>
      </Hold>
    </section>
  );
}
