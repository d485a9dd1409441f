import { useState } from "preact/hooks";
import { direction } from "../shared/language";
import type { Takeaway } from "../shared/wire";
import { EvidencedText } from "./EvidencedText";
import { useContentWords, useFrame } from "./frame";
import { takeawayLines, type TakeawayLine } from "./once";

export function Takeaways() {
  const { state } = useFrame();
  const words = useContentWords();
  const lines = takeawayLines(state.takeaways);
  const withheld = state.takeaways.filter((takeaway) => takeaway.withheld);
  if (state.takeaways.length === 0) return null;
  return (
    <section>
      <h3 lang={words.lang}>{words.takeaways}</h3>
      <ul class="takeaways">
        {lines.map((line) => (
          <TakeawayItem key={line.takeaway.index} {...line} />
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
            <TakeawayItem key={takeaway.index} takeaway={takeaway} label={takeaway.label} />
          ))}
        </ul>
      )}
    </>
  );
}

function TakeawayItem({ takeaway, label }: TakeawayLine) {
  const { targetLang } = useFrame();
  const words = useContentWords();
  const { index, text, evidence, flags, origin } = takeaway;
  return (
    <li class={takeaway.label ? "labelled" : undefined}>
      {takeaway.label && (
        <span class="label" lang={words.lang}>
          {label && words.label[label]}
        </span>
      )}
      <div dir={direction(targetLang)}>
        <EvidencedText name={`takeaway-${index}`} text={text} evidence={evidence} flags={flags} origin={origin} />
      </div>
    </li>
  );
}
