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
  /** `now`: on this visit, and a line in its place takes it back; `before`: on an earlier one. */
  hidden: false | "now" | "before";
  /** The reader asked for this abstract, or folded it again; null while it is as those of the whole list are. */
  abstract: boolean | null;
  /** On an earlier visit. */
  seen: boolean;
  /** The filter leaves it out. */
  filtered: boolean;
}

export interface ListState {
  entries: readonly EntryState[];
  paused: boolean;
  /** The entry that the keyboard is at. */
  current: number | null;
  /** What stopped the whole list: no server, no pairing. */
  failure: Failure | null;
  /** Entries that were hidden on this visit, the last one last. */
  undoable: readonly number[];
  /** Whether entries that were hidden on earlier visits are shown all the same. */
  showsHidden: boolean;
  /** Whether entries that were seen on earlier visits are shown. */
  showsSeen: boolean;
  filter: string;
  help: boolean;
}

export type ListEvent =
  | { type: "sent"; entries: readonly number[] }
  | { type: "wire"; entry: number; event: GlossEvent }
  | { type: "broken"; failure: Failure | null }
  | { type: "open"; entry: number }
  | { type: "hide"; entry: number; hidden: boolean }
  | { type: "known"; hidden: ReadonlySet<number>; seen: ReadonlySet<number> }
  | { type: "abstract"; entry: number; shown: boolean }
  | { type: "filter"; text: string; passes: (entry: number) => boolean }
  | { type: "set"; change: Partial<Pick<ListState, "paused" | "current" | "showsHidden" | "showsSeen" | "help">> }
  | { type: "retry" };

const NEW_ENTRY: EntryState = {
  phase: "waiting",
  title: null,
  gist: null,
  sources: [],
  failure: null,
  open: false,
  hidden: false,
  abstract: null,
  seen: false,
  filtered: false,
};

export function initialList(count: number): ListState {
  return {
    entries: Array<EntryState>(count).fill(NEW_ENTRY),
    paused: false,
    current: null,
    failure: null,
    undoable: [],
    showsHidden: false,
    showsSeen: true,
    filter: "",
    help: false,
  };
}

/** The list without its glosses: what the reader did with the entries stays. */
export function withoutGlosses(state: ListState): ListState {
  const entries = state.entries.map((entry) => ({
    ...entry,
    phase: NEW_ENTRY.phase,
    title: null,
    gist: null,
    sources: [],
    failure: null,
  }));
  return { ...state, entries };
}

export function reduceList(state: ListState, event: ListEvent): ListState {
  const change = (entries: readonly number[], how: (entry: EntryState) => Partial<EntryState>): ListState => ({
    ...state,
    entries: state.entries.map((entry, index) => (entries.includes(index) ? { ...entry, ...how(entry) } : entry)),
  });
  switch (event.type) {
    case "sent":
      return { ...change(event.entries, () => ({ phase: "working", failure: null })), failure: null };
    case "wire":
      return change([event.entry], () => receive(event.event));
    case "broken":
      // What was not finished is asked again; what is there stays.
      return { ...waitingAgain(state, "working"), failure: event.failure };
    case "retry":
      return waitingAgain(state, "failed");
    case "set":
      return { ...state, ...event.change };
    case "open":
      return change([event.entry], ({ open }) => ({ open: !open, abstract: open ? null : true }));
    case "abstract":
      return change([event.entry], () => ({ abstract: event.shown }));
    case "known":
      return know(state, event.hidden, event.seen);
    case "hide":
      return hide(change, event.entry, event.hidden);
    case "filter":
      return filterBy(state, event.text, event.passes);
  }
}

function hide(
  change: (entries: readonly number[], how: (entry: EntryState) => Partial<EntryState>) => ListState,
  entry: number,
  hidden: boolean,
): ListState {
  const state = change([entry], () => ({ hidden: hidden ? "now" : false }));
  const others = state.undoable.filter((one) => one !== entry);
  return { ...state, undoable: hidden ? [...others, entry] : others };
}

/** What was done on earlier visits; what is done on this one stays. */
function know(state: ListState, hidden: ReadonlySet<number>, seen: ReadonlySet<number>): ListState {
  const entries = state.entries.map((entry, index) => {
    if (!hidden.has(index) && !seen.has(index)) return entry;
    return { ...entry, hidden: entry.hidden || (hidden.has(index) && ("before" as const)), seen: seen.has(index) };
  });
  return { ...state, entries };
}

function waitingAgain(state: ListState, phase: EntryPhase): ListState {
  const entries = state.entries.map((entry) =>
    entry.phase === phase ? { ...entry, phase: "waiting" as const, failure: null } : entry,
  );
  return { ...state, entries };
}

function filterBy(state: ListState, text: string, passes: (entry: number) => boolean): ListState {
  const entries = state.entries.map((entry, index) => {
    const filtered = !passes(index);
    return filtered === entry.filtered ? entry : { ...entry, filtered };
  });
  return { ...state, entries, filter: text };
}

function receive(event: GlossEvent): Partial<EntryState> {
  switch (event.event) {
    case "started":
      return { sources: event.segments.map((segment) => segment.source) };
    case "title":
      return { title: { text: event.text, flags: event.flags } };
    case "gist":
      return { gist: { text: event.text, flags: event.flags, evidence: event.evidence } };
    case "done":
      return { phase: "done" };
    case "error":
      return { phase: "failed", failure: { code: event.code, message: event.message } };
    default:
      return {};
  }
}

export interface Counts {
  all: number;
  /** Entries with their gloss; those that failed are none of them. */
  glossed: number;
  working: boolean;
  waiting: number;
  /** On earlier visits. */
  hidden: number;
  seen: number;
  filtered: number;
  /** What failed, by the reason, and how often. */
  failed: { failure: Failure; count: number }[];
}

export function countsOf({ entries }: ListState): Counts {
  const failed = new Map<string, { failure: Failure; count: number }>();
  for (const { phase, failure } of entries) {
    if (phase !== "failed" || failure === null) continue;
    const known = failed.get(failure.code);
    if (known) known.count += 1;
    else failed.set(failure.code, { failure, count: 1 });
  }
  const count = (has: (entry: EntryState) => boolean): number => entries.filter(has).length;
  return {
    all: entries.length,
    glossed: count(({ phase }) => phase === "done"),
    working: entries.some(({ phase }) => phase === "working"),
    waiting: count(({ phase }) => phase === "waiting"),
    hidden: count(({ hidden }) => hidden === "before"),
    seen: count(({ seen }) => seen),
    filtered: count(({ filtered }) => filtered),
    failed: [...failed.values()],
  };
}

/** How much of an entry is to be seen: all, the line that brings it back, or nothing. */
export function presence(
  { hidden, seen, filtered }: EntryState,
  { showsHidden, showsSeen }: Pick<ListState, "showsHidden" | "showsSeen">,
): "shown" | "line" | "gone" {
  if (filtered || (hidden === "before" && !showsHidden) || (seen && !showsSeen)) return "gone";
  return hidden === "now" ? "line" : "shown";
}

/** Whether an abstract is folded: for its gist, where there is one, and unless the reader wants to see it. */
export function isFolded(entry: EntryState, folds: boolean): boolean {
  if (entry.abstract !== null) return !entry.abstract;
  return folds && entry.phase !== "failed";
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
    entry.phase === "waiting" && isShown(state, index) && seen(index) ? [index] : [],
  );
  const isFirst = state.entries.every(({ phase }) => phase === "waiting");
  return waiting.slice(0, isFirst ? FIRST : NEXT);
}

/**
 * The next entry that is to be seen, `by` steps down (or up, when negative) from the current one; where there is none
 * yet, `first`, or the first after it.
 */
export function step(state: ListState, by: 1 | -1, first = 0): number | null {
  const shown = state.entries.flatMap((_, index) => (isShown(state, index) ? [index] : []));
  const { current } = state;
  if (current === null) return shown.find((index) => index >= first) ?? shown.at(-1) ?? null;
  const ahead = shown.filter((index) => (by > 0 ? index > current : index < current));
  return (by > 0 ? ahead[0] : ahead.at(-1)) ?? current;
}

const isShown = (state: ListState, index: number): boolean => presence(state.entries[index]!, state) === "shown";
