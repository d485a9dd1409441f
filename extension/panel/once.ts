/** Each thing is said once: what of a gloss is shown, where the model says the same in several places. */
import type { SummarySentence, Takeaway } from "../shared/wire";
import type { PanelState } from "./state";

/** An abstract this short is its own summary, in sentences. */
const SHORT = 2;

/** Its fields in the order in which they are read. */
const ORDER: readonly Takeaway["label"][] = ["motivation", "method", "result", "conclusion", "further", null];

export interface TakeawayLine {
  takeaway: Takeaway;
  /** Null where the line before has the same. */
  label: Takeaway["label"];
}

/** Whether there is more to the abstract than its translation says at a glance. */
export function isWorthSummarizing({ sentences, phase }: PanelState): boolean {
  return sentences.length > SHORT || (sentences.length === 0 && phase !== "done");
}

/** The sentences of the summary that no takeaway repeats; nothing where the takeaways alone say all of them. */
export function summaryOnce({ summary, takeaways }: PanelState): SummarySentence[] {
  const said = new Set(takeaways.filter(({ withheld }) => !withheld).map(({ text }) => essence(text)));
  return (summary ?? []).filter(({ text }) => !said.has(essence(text)));
}

/** The takeaways that are shown, field by field; each field's label stands before its first line. */
export function takeawayLines(takeaways: readonly Takeaway[]): TakeawayLine[] {
  const shown = takeaways.filter(({ withheld }) => !withheld);
  const sorted = ORDER.flatMap((label) => shown.filter((takeaway) => takeaway.label === label));
  return sorted.map((takeaway, position) => ({
    takeaway,
    label: sorted[position - 1]?.label === takeaway.label ? null : takeaway.label,
  }));
}

/** A text without what does not change its meaning: spaces and stops. */
const essence = (text: string): string => text.replace(/[\s\p{P}]/gu, "");
