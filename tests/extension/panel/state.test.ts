import {
  initialState,
  highlightedSegments,
  progress,
  readySentences,
  reduce,
  ownOrigin,
  shownParts,
  type PanelState,
} from "../../../extension/panel/state";
import type { Event as GlossEvent } from "../../../extension/shared/wire";
import { goldenEvents } from "../fixtures";

const PAPER = {
  id: "2401.01234v2",
  title: "A title",
  abstract: "An abstract.",
};

function after(events: readonly GlossEvent[], from: PanelState = initialState(PAPER)): PanelState {
  const asked = reduce(from, { type: "asked", paper: PAPER, again: false });
  return events.reduce((state, event) => reduce(state, { type: "wire", event }), asked);
}

test("an ordinary stream fills every part", () => {
  const state = after(goldenEvents("ordinary.ndjson"));
  expect(state.phase).toBe("done");
  expect(state.title?.text).not.toBe("");
  expect(state.summary?.length).toBeGreaterThan(0);
  expect(state.takeaways.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(state.sentences.every(({ text }) => text !== null)).toBe(true);
  expect(progress(state)).toEqual({ ready: 4, all: 4 });
});

test("a later event of the same index replaces the earlier one", () => {
  const events = goldenEvents("replaced.ndjson");
  const last = events.filter((event) => event.event === "segment" && event.index === 1).at(-1);
  expect(events.filter((event) => event.event === "segment" && event.index === 1).length).toBeGreaterThan(1);
  expect(after(events).sentences[1]).toMatchObject({
    text: last?.event === "segment" ? last.text : "",
    flags: [],
  });
});

test("a replayed stream leaves the state as it was", () => {
  const events = goldenEvents("ordinary.ndjson");
  const once = after(events.slice(0, 4));
  expect(after(events, once)).toEqual(after(events));
});

test("an error event fails, and keeps what has come", () => {
  const state = after([...goldenEvents("ordinary.ndjson").slice(0, 4), ...goldenEvents("error.ndjson").slice(-1)]);
  expect(state.phase).toBe("failed");
  expect(state.failure?.code).toBe("engine");
  expect(readySentences(state)).toHaveLength(2);
});

test("sentences are shown in order, so a later one waits for the one before it", () => {
  const events = goldenEvents("ordinary.ndjson");
  const started = events.filter((event) => event.event === "started");
  const segments = events.filter((event) => event.event === "segment");
  const state = after([...started, segments[0]!, segments[2]!]);
  expect(readySentences(state).map(({ index }) => index)).toEqual([0]);
  expect(progress(state)).toEqual({ ready: 2, all: 4 });
});

test("the parts below the title wait for the whole, until patience ends", () => {
  const events = goldenEvents("ordinary.ndjson");
  const shown = (state: PanelState, patient: boolean) => Object.values(shownParts(state, patient));
  expect(shown(after(events.slice(0, -1)), true)).toEqual([false, false, false]);
  expect(shown(after(events.slice(0, 3)), false)).toEqual([true, true, true]);
  expect(shown(after(events), true)).toEqual([true, true, true]);
});

test("when the reader's own model begins to write, all is shown, and its texts are told from others", () => {
  const events = goldenEvents("ordinary.ndjson");
  const begun = after([...events.slice(0, -1), { event: "rewriting", model: "qwen" }]);
  expect(Object.values(shownParts(begun, true))).toEqual([true, true, true]);
  expect(ownOrigin(begun, begun.sentences[0]!.origin)).toBeUndefined();
  const { event: _, ...segment } = events.find((event) => event.event === "segment")!;
  const written = after([{ ...segment, event: "segment", text: "更好的译文。", origin: "qwen" } as GlossEvent], begun);
  expect(written.sentences.filter((sentence) => ownOrigin(written, sentence.origin) === "qwen")).toHaveLength(1);
  expect(written.phase).toBe("working");
});

test("asking again clears, asking after a break does not", () => {
  const done = after(goldenEvents("ordinary.ndjson"));
  expect(reduce(done, { type: "asked", paper: PAPER, again: true }).title).toBeNull();
  expect(reduce(done, { type: "asked", paper: PAPER, again: false }).title).toEqual(done.title);
});

test("what is pointed at is lit before what is pinned, and pinning twice unpins", () => {
  const pinned = { key: "takeaway-0", segments: [0, 1] };
  const pointed = { key: "segment-2", segments: [2] };
  let state = reduce(initialState(PAPER), { type: "pin", highlight: pinned });
  expect(highlightedSegments(state)).toEqual([0, 1]);
  state = reduce(state, { type: "point", highlight: pointed });
  expect(highlightedSegments(state)).toEqual([2]);
  state = reduce(reduce(state, { type: "point", highlight: null }), {
    type: "pin",
    highlight: pinned,
  });
  expect(highlightedSegments(state)).toEqual([]);
});
