import { useState } from "preact/hooks";
import type { Takeaway } from "../shared/wire";
import { estimateTakeaways } from "./estimate";
import { EvidenceButton, isPlainClick, sourcesOf } from "./Evidence";
import { Flags, Sources } from "./Flags";
import { lightHandlers, useFrame } from "./frame";
import { Hold } from "./Hold";
import { isLit } from "./state";
import { TexText } from "./TexText";

export function Takeaways() {
  const { state, words } = useFrame();
  const { takeaways, phase, paper } = state;
  const [showWithheld, setShowWithheld] = useState(false);
  const shown = takeaways.filter((takeaway) => !takeaway.withheld);
  const withheld = takeaways.filter((takeaway) => takeaway.withheld);
  if (takeaways.length === 0 && phase !== "working") return null;
  const expected = estimateTakeaways(paper.abstract);
  const waiting = phase === "working" && takeaways.length === 0;
  return (
    <section>
      <h3>{words.takeaways}</h3>
      <Hold chars={expected.count * expected.chars} waiting={waiting}>
        <ul class="takeaways">
          {shown.map((takeaway) => (
            <TakeawayItem key={takeaway.index} takeaway={takeaway} />
          ))}
        </ul>
        {withheld.length > 0 && (
          <>
            <p class="withheld">
              <button
                type="button"
                class="link"
                aria-expanded={showWithheld}
                title={words.heldBackWhy}
                onClick={() => setShowWithheld(!showWithheld)}
              >
                {showWithheld ? words.hide : words.heldBack(withheld.length)}
              </button>
              {showWithheld && <span> {words.heldBackWhy}</span>}
            </p>
            {showWithheld && (
              <ul class="takeaways unsupported">
                {withheld.map((takeaway) => (
                  <TakeawayItem key={takeaway.index} takeaway={takeaway} />
                ))}
              </ul>
            )}
          </>
        )}
      </Hold>
    </section>
  );
}

function TakeawayItem({ takeaway }: { takeaway: Takeaway }) {
  const { state, dispatch, words, targetLang } = useFrame();
  const light = { key: `takeaway-${takeaway.index}`, segments: takeaway.evidence };
  const sources = sourcesOf(light, state.sentences);
  return (
    <li class={takeaway.label ? "labelled" : undefined}>
      {takeaway.label && <span class="label">{words.label[takeaway.label]}</span>}
      <div>
        <span
          lang={targetLang}
          class={isLit(state, light.key) ? "sentence lit" : "sentence"}
          onClick={(event) => isPlainClick(event) && dispatch({ type: "pin", light })}
          {...lightHandlers(dispatch, light)}
        >
          <TexText text={takeaway.text} />
        </span>
        <EvidenceButton light={light} />
        <Flags flags={takeaway.flags} sources={sources} />
        {state.pinned?.key === light.key && (
          <span class="note">
            <Sources sources={sources} />
          </span>
        )}
      </div>
    </li>
  );
}
