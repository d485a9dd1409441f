import {
  finished,
  initialList,
  nextEntries,
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
  expect(finished(going)).toBe(1);
  expect(nextEntries(going, () => true)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
});

test("hidden entries and those that are under way are not asked for", () => {
  const state = after([
    { type: "toggle", entry: 0, what: "hidden" },
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

test("an entry that failed may be tried again", () => {
  const failed = after([wire({ paper: 2, event: { event: "error", code: "arxiv", message: "" } })]);
  expect(after([{ type: "retry", entry: 2 }], failed).entries[2]).toMatchObject({ phase: "waiting", failure: null });
});

test("the keyboard passes over what is hidden, and stops at both ends", () => {
  const state = after([{ type: "toggle", entry: 1, what: "hidden" }], initialList(3));
  expect(step(state, 1)).toBe(0);
  expect(step({ ...state, current: 0 }, 1)).toBe(2);
  expect(step({ ...state, current: 2 }, 1)).toBe(2);
  expect(step({ ...state, current: 2 }, -1)).toBe(0);
});
