import { useState } from "preact/hooks";
import { direction } from "../shared/language";
import type { Takeaway } from "../shared/wire";
import { EvidencedText } from "./EvidencedText";
import { useFrame } from "./frame";

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
  const { words, targetLang } = useFrame();
  const { index, label, text, evidence, flags } = takeaway;
  return (
    <li class={label ? "labelled" : undefined}>
      {label && <span class="label">{words.label[label]}</span>}
      <div dir={direction(targetLang)}>
        <EvidencedText name={`takeaway-${index}`} text={text} evidence={evidence} flags={flags} />
      </div>
    </li>
  );
}
