import { useState } from "preact/hooks";
import type { Takeaway } from "../shared/wire";
import { EvidenceButton, isPlainClick, sourcesOf } from "./Evidence";
import { Flags, Sources } from "./Flags";
import { lightHandlers, useFrame } from "./frame";
import { isLit } from "./state";
import { TexText } from "./TexText";
import { side, tongue } from "../shared/language";

export function Takeaways() {
  const { state, words } = useFrame();
  const shown = state.takeaways.filter((takeaway) => !takeaway.withheld);
  const withheld = state.takeaways.filter((takeaway) => takeaway.withheld);
  if (state.takeaways.length === 0) return null;
  return (
    <section>
      <h3>{words.takeaways}</h3>
      <ul class="takeaways">
        {shown.map((takeaway) => (
          <TakeawayItem key={takeaway.index} takeaway={takeaway} />
        ))}
      </ul>
      {withheld.length > 0 && <Withheld takeaways={withheld} />}
    </section>
  );
}

/** What the abstract supports too little to be shown as fact. */
function Withheld({ takeaways }: { takeaways: readonly Takeaway[] }) {
  const { words } = useFrame();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p class="withheld">
        <button
          type="button"
          class="link"
          aria-expanded={open}
          title={words.heldBackWhy}
          onClick={() => setOpen(!open)}
        >
          {open ? words.hide : words.heldBack(takeaways.length)}
        </button>
        {open && <span> {words.heldBackWhy}</span>}
      </p>
      {open && (
        <ul class="takeaways unsupported">
          {takeaways.map((takeaway) => (
            <TakeawayItem key={takeaway.index} takeaway={takeaway} />
          ))}
        </ul>
      )}
    </>
  );
}

function TakeawayItem({ takeaway }: { takeaway: Takeaway }) {
  const { state, dispatch, words, targetLang } = useFrame();
  const light = { key: `takeaway-${takeaway.index}`, segments: takeaway.evidence };
  const sources = sourcesOf(light, state.sentences);
  return (
    <li class={takeaway.label ? "labelled" : undefined}>
      {takeaway.label && <span class="label">{words.label[takeaway.label]}</span>}
      <div dir={side(targetLang)}>
        <span
          {...tongue(targetLang)}
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
