import {
  countsOf,
  initialList,
  isFolded,
  nextEntries,
  presence,
  reduceList,
  step,
  type ListEvent,
  type ListState,
} from "../../../../extension/panel";
import type { PaperEvent } from "../../../../extension/shared/wire";
import { goldenEvents } from "../../fixtures";

const after = (events: readonly ListEvent[], state = initialList(30)): ListState => events.reduce(reduceList, state);
const wire = ({ paper, event }: PaperEvent): ListEvent => ({
  type: "wire",
  entry: paper,
  event,
});

test("each paper's events reach its own entry, and a failure stops no other", () => {
  const { entries } = after(goldenEvents<PaperEvent>("list.ndjson").map(wire), initialList(3));
  expect(entries.map((entry) => entry.phase)).toEqual(["done", "failed", "done"]);
  expect(entries[0]!.title?.text).toContain("题目");
  expect(entries[0]!.gist?.text).toContain("要点");
  expect(entries[1]!.failure?.code).toBe("empty_abstract");
});

test("what is on the screen is asked first, a few at the beginning, then more at once", () => {
  const begun = after([]);
  expect(nextEntries(begun, (index) => index >= 5)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  const going = after([
    { type: "sent", entries: [0] },
    wire({ paper: 0, event: { event: "error", code: "x", message: "" } }),
  ]);
  expect(countsOf(going)).toMatchObject({ glossed: 0, failed: [{ count: 1 }] });
  expect(nextEntries(going, () => true)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});

test("hidden entries and those that are under way are not asked for", () => {
  const state = after([
    { type: "hide", entry: 0, hidden: true },
    { type: "sent", entries: [1] },
  ]);
  expect(nextEntries(state, (index) => index < 3)).toEqual([2]);
});

test("when the connection breaks, what was under way waits again and what is there stays", () => {
  const state = after([
    { type: "sent", entries: [0, 1] },
    ...goldenEvents<PaperEvent>("list.ndjson")
      .filter((one) => one.paper === 0)
      .map(wire),
    { type: "broken", failure: { code: "server_down", message: "" } },
  ]);
  expect(state.entries.slice(0, 2).map((entry) => entry.phase)).toEqual(["done", "waiting"]);
  expect(state.failure?.code).toBe("server_down");
  expect(after([{ type: "sent", entries: [1] }], state).failure).toBeNull();
});

test("failures are counted by their reason, are not counted as glossed, and may all be tried again", () => {
  const fail = (paper: number, code: string): ListEvent =>
    wire({ paper, event: { event: "error", code, message: "" } });
  const failed = after([fail(2, "arxiv"), fail(3, "arxiv"), fail(4, "not_english")]);
  expect(countsOf(failed).failed.map(({ failure, count }) => [failure.code, count])).toEqual([
    ["arxiv", 2],
    ["not_english", 1],
  ]);
  const again = after([{ type: "retry" }], failed);
  expect(countsOf(again)).toMatchObject({ failed: [], waiting: 30 });
});

test("what is hidden leaves a line that takes it back; the last one is taken back first", () => {
  const hidden = after([
    { type: "hide", entry: 3, hidden: true },
    { type: "hide", entry: 5, hidden: true },
  ]);
  expect(presence(hidden.entries[3]!, hidden)).toBe("line");
  expect(hidden.undoable).toEqual([3, 5]);
  const back = after([{ type: "hide", entry: 5, hidden: false }], hidden);
  expect(presence(back.entries[5]!, back)).toBe("shown");
  expect(back.undoable).toEqual([3]);
});

test("what was hidden before is gone until it is wanted, what was seen until only new ones are", () => {
  const state = after([
    { type: "hide", entry: 2, hidden: true },
    { type: "known", hidden: new Set([1, 2]), seen: new Set([3]) },
  ]);
  const presences = (shown: ListState) => shown.entries.slice(0, 4).map((entry) => presence(entry, shown));
  expect(presences(state)).toEqual(["shown", "gone", "line", "shown"]);
  expect(presences({ ...state, showsHidden: true, showsSeen: false })).toEqual(["shown", "shown", "line", "gone"]);
  expect(countsOf(state)).toMatchObject({ hidden: 1, seen: 1 });
});

test("an abstract is folded for its gist; where there is none, or the reader wants it, it is not", () => {
  const state = after([
    wire({ paper: 1, event: { event: "error", code: "not_english", message: "" } }),
    { type: "abstract", entry: 2, shown: true },
    { type: "open", entry: 3 },
  ]);
  expect(state.entries.slice(0, 4).map((entry) => isFolded(entry, true))).toEqual([true, false, false, false]);
  expect(isFolded(state.entries[0]!, false)).toBe(false);
  expect(isFolded(after([{ type: "open", entry: 3 }], state).entries[3]!, true)).toBe(true);
});

test("a filter leaves entries out, for the keyboard and for what is asked too", () => {
  const state = after([{ type: "filter", text: "x", passes: (entry) => entry % 2 === 1 }], initialList(5));
  expect(countsOf(state).filtered).toBe(3);
  expect(nextEntries(state, () => true)).toEqual([1, 3]);
  expect(step({ ...state, current: 1 }, 1)).toBe(3);
});

test("the keyboard passes over what is hidden, and stops at both ends", () => {
  const state = after([{ type: "hide", entry: 1, hidden: true }], initialList(3));
  expect(step(state, 1)).toBe(0);
  expect(step(state, 1, 1)).toBe(2);
  expect(step({ ...state, current: 0 }, 1)).toBe(2);
  expect(step({ ...state, current: 2 }, 1)).toBe(2);
  expect(step({ ...state, current: 2 }, -1)).toBe(0);
});
