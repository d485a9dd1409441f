/** The glosses of a list, and the one function that changes them. Pure: events in, a new state out. */
import type { Failure } from "../../shared/failure";
import type { Event as GlossEvent, Flag } from "../../shared/wire";

export type EntryPhase = "waiting" | "working" | "done" | "failed";

export interface EntryState {
  phase: EntryPhase;
  title: { text: string; flags: Flag[] } | null;
  gist: { text: string; flags: Flag[]; evidence: readonly number[] } | null;
  /** The sentences that the abstract was cut into. */
  sources: readonly string[];
  failure: Failure | null;
  open: boolean;
  hidden: boolean;
}

export interface ListState {
  entries: readonly EntryState[];
  paused: boolean;
  /** The entry that the keyboard is at. */
  current: number | null;
  /** What stopped the whole list: no server, no pairing. */
  failure: Failure | null;
}

export type ListEvent =
  | { type: "sent"; entries: readonly number[] }
  | { type: "wire"; entry: number; event: GlossEvent }
  | { type: "broken"; failure: Failure | null }
  | { type: "pause"; paused: boolean }
  | { type: "go"; entry: number }
  | { type: "toggle"; entry: number; what: "open" | "hidden" }
  | { type: "retry"; entry: number };

const NEW_ENTRY: EntryState = {
  phase: "waiting",
  title: null,
  gist: null,
  sources: [],
  failure: null,
  open: false,
  hidden: false,
};

export function initialList(count: number): ListState {
  return { entries: Array<EntryState>(count).fill(NEW_ENTRY), paused: false, current: null, failure: null };
}

export function reduceList(state: ListState, event: ListEvent): ListState {
  const change = (entries: readonly number[], how: (entry: EntryState) => EntryState): ListState => ({
    ...state,
    entries: state.entries.map((entry, index) => (entries.includes(index) ? how(entry) : entry)),
  });
  switch (event.type) {
    case "sent":
      return { ...change(event.entries, (entry) => ({ ...entry, phase: "working", failure: null })), failure: null };
    case "wire":
      return change([event.entry], (entry) => receive(entry, event.event));
    case "broken": {
      // What was not finished is asked again; what is there stays.
      const entries = state.entries.map((entry) =>
        entry.phase === "working" ? { ...entry, phase: "waiting" as const } : entry,
      );
      return { ...state, entries, failure: event.failure };
    }
    case "pause":
      return { ...state, paused: event.paused };
    case "go":
      return { ...state, current: event.entry };
    case "toggle":
      return change([event.entry], (entry) => ({ ...entry, [event.what]: !entry[event.what] }));
    case "retry":
      return change([event.entry], (entry) => ({ ...entry, phase: "waiting", failure: null }));
  }
}

function receive(entry: EntryState, event: GlossEvent): EntryState {
  switch (event.event) {
    case "started":
      return { ...entry, sources: event.segments.map((segment) => segment.source) };
    case "title":
      return { ...entry, title: { text: event.text, flags: event.flags } };
    case "gist":
      return { ...entry, gist: { text: event.text, flags: event.flags, evidence: event.evidence } };
    case "done":
      return { ...entry, phase: "done" };
    case "error":
      return { ...entry, phase: "failed", failure: { code: event.code, message: event.message } };
    default:
      return entry;
  }
}

export function finished(state: ListState): number {
  return state.entries.filter((entry) => entry.phase === "done" || entry.phase === "failed").length;
}

/** Papers of the first request, so that the first screen is there at once, and of each that follows. */
const FIRST = 8;
const NEXT = 16;

/**
 * The entries to ask for next: those on the screen, then those ahead of it. `seen`: whether an entry is on the screen
 * or near it.
 */
export function nextEntries(state: ListState, seen: (entry: number) => boolean): number[] {
  const waiting = state.entries.flatMap((entry, index) =>
    entry.phase === "waiting" && !entry.hidden && seen(index) ? [index] : [],
  );
  return waiting.slice(0, finished(state) === 0 ? FIRST : NEXT);
}

/** The next entry that is to be seen, `by` steps down (or up, when negative) from the current one. */
export function step(state: ListState, by: 1 | -1): number | null {
  const shown = state.entries.flatMap((entry, index) => (entry.hidden ? [] : [index]));
  if (state.current === null) return shown[0] ?? null;
  const { current } = state;
  const ahead = shown.filter((index) => (by > 0 ? index > current : index < current));
  return (by > 0 ? ahead[0] : ahead.at(-1)) ?? current;
}
