import { initialState, reduce, type PanelState } from "../../../extension/panel";
import { isWorthSummarizing, summaryOnce, takeawayLines } from "../../../extension/panel/once";
import type { SummarySentence, Takeaway } from "../../../extension/shared/wire";

const takeaway = (index: number, label: Takeaway["label"], change: Partial<Takeaway> = {}): Takeaway => ({
  event: "takeaway",
  index,
  label,
  text: `要点${index}`,
  evidence: [index],
  score: 0.9,
  flags: [],
  withheld: false,
  confidence: null,
  origin: "",
  ...change,
});
const said = (text: string): SummarySentence => ({
  text,
  evidence: [0],
  score: 1,
  flags: [],
  confidence: null,
  origin: "",
});

function stateOf(sentences: number, change: Partial<PanelState>): PanelState {
  const segments = Array.from({ length: sentences }, (_, index) => ({
    index,
    span: [index, index + 1] as [number, number],
    source: `Sentence ${index}.`,
  }));
  const initial = initialState({ id: null, title: null, abstract: "" });
  const started = { event: "started" as const, paper: { id: null, title: null }, segments };
  return { ...reduce(initial, { type: "wire", event: started }), ...change };
}

test("a summary sentence that a takeaway repeats is left out, whatever its stops and spaces", () => {
  const summary = [said("要点0。"), said("别的 话。")];
  const state = stateOf(3, { summary, takeaways: [takeaway(0, "method", { text: "要点 0" })] });
  expect(summaryOnce(state).map(({ text }) => text)).toEqual(["别的 话。"]);
});

test("a takeaway that is held back repeats nothing, because nobody sees it", () => {
  const state = stateOf(3, { summary: [said("要点0")], takeaways: [takeaway(0, "method", { withheld: true })] });
  expect(summaryOnce(state)).toHaveLength(1);
});

test("takeaways stand field by field, and each field is named once", () => {
  const lines = takeawayLines([
    takeaway(0, "conclusion"),
    takeaway(1, "motivation"),
    takeaway(2, "result"),
    takeaway(3, "motivation"),
    takeaway(4, null),
    takeaway(5, "result", { withheld: true }),
  ]);
  expect(lines.map(({ takeaway: { index }, label }) => [index, label])).toEqual([
    [1, "motivation"],
    [3, null],
    [2, "result"],
    [0, "conclusion"],
    [4, null],
  ]);
});

test.each([
  [1, "done", false],
  [2, "done", false],
  [3, "done", true],
  [0, "working", true],
] as const)("an abstract of %i sentences, %s", (sentences, phase, isWorth) => {
  expect(isWorthSummarizing(stateOf(sentences, { phase }))).toBe(isWorth);
});
