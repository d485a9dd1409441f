/** Everything the panel shows, and the one function that changes it. Pure: events in, a new state out. */
import type { Failure } from "../shared/failure";
import type { PaperText } from "../shared/messages";
import type { Span } from "../shared/span";
import type { Done, Event as GlossEvent, Flag, SummarySentence, Takeaway } from "../shared/wire";

export interface Sentence {
  index: number;
  span: Span;
  source: string;
  /** Null until its translation has come. */
  text: string | null;
  flags: Flag[];
  /** The model that wrote it; "" while there is none. */
  origin: string;
}

/** Which text is pointed at or pinned, and the sentences of the abstract that stand behind it. */
export interface Highlight {
  /** `segment-3`, `summary-0`, `takeaway-2`. */
  key: string;
  segments: readonly number[];
}

export interface PanelState {
  phase: "idle" | "working" | "done" | "failed";
  paper: PaperText;
  title: { text: string; flags: Flag[]; origin: string } | null;
  summary: SummarySentence[] | null;
  takeaways: Takeaway[];
  sentences: Sentence[];
  /** The reader's own model, from the moment when everything is there and it begins to write. */
  ownModel: string | null;
  done: Done | null;
  failure: Failure | null;
  pointed: Highlight | null;
  pinned: Highlight | null;
}

export type PanelEvent =
  | { type: "asked"; paper: PaperText; again: boolean }
  | { type: "wire"; event: GlossEvent }
  | { type: "failed"; failure: Failure }
  | { type: "point"; highlight: Highlight | null }
  | { type: "pin"; highlight: Highlight };

export function initialState(paper: PaperText): PanelState {
  return {
    phase: "idle",
    paper,
    title: null,
    summary: null,
    takeaways: [],
    sentences: [],
    ownModel: null,
    done: null,
    failure: null,
    pointed: null,
    pinned: null,
  };
}

export function reduce(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case "asked":
      // Asked by the reader, everything is made anew; asked after a break, the server replays what is there already.
      return {
        ...(event.again ? initialState(event.paper) : state),
        paper: event.paper,
        phase: "working",
        failure: null,
      };
    case "failed":
      return { ...state, phase: "failed", failure: event.failure };
    case "point":
      return { ...state, pointed: event.highlight };
    case "pin":
      return { ...state, pinned: state.pinned?.key === event.highlight.key ? null : event.highlight };
    case "wire":
      return reduceWire(state, event.event);
  }
}

function reduceWire(state: PanelState, event: GlossEvent): PanelState {
  switch (event.event) {
    case "started":
      return { ...state, sentences: event.segments.map((segment) => knownOrNew(state, segment)) };
    case "title":
      return { ...state, title: { text: event.text, flags: event.flags, origin: event.origin } };
    case "segment": {
      const { index, span, source, text, flags, origin } = event;
      return { ...state, sentences: replaceByIndex(state.sentences, { index, span, source, text, flags, origin }) };
    }
    case "summary":
      return { ...state, summary: event.sentences };
    case "takeaway":
      return { ...state, takeaways: replaceByIndex(state.takeaways, event) };
    case "rewriting":
      return { ...state, ownModel: event.model, summary: state.summary ?? [] };
    case "done":
      return { ...state, phase: "done", done: event, summary: state.summary ?? [] };
    case "error":
      return { ...state, phase: "failed", failure: { code: event.code, message: event.message } };
    default: // `gist` is for lists, and `alive` says nothing
      return state;
  }
}

/** A replay begins again with `started`; texts that are here already stay. */
function knownOrNew(state: PanelState, segment: { index: number; span: Span; source: string }): Sentence {
  const known = state.sentences[segment.index];
  const { index, span, source } = segment;
  return known?.source === source ? { ...known, span } : { index, span, source, text: null, flags: [], origin: "" };
}

/** A later event of the same index replaces the earlier one. */
export function replaceByIndex<T extends { index: number }>(items: readonly T[], item: T): T[] {
  return [...items.filter((other) => other.index !== item.index), item].sort((a, b) => a.index - b.index);
}

/** The sentences to highlight: what is pointed at, else what is pinned. */
export function highlightedSegments(state: PanelState): readonly number[] {
  return (state.pointed ?? state.pinned)?.segments ?? [];
}

export function isHighlighted(state: PanelState, key: string): boolean {
  return (state.pointed ?? state.pinned)?.key === key;
}

/** The translations that may be shown: up to the first one missing, so that no later text moves. */
export function readySentences(state: PanelState): Sentence[] {
  const missing = state.sentences.findIndex((sentence) => sentence.text === null);
  return missing < 0 || state.phase === "failed"
    ? state.sentences.filter((sentence) => sentence.text !== null)
    : state.sentences.slice(0, missing);
}

/** Who wrote a text, where that is the reader's own model; undefined, as attributes want it, for all others. */
export function ownOrigin(state: PanelState, origin: string): string | undefined {
  return origin !== "" && origin === state.ownModel ? origin : undefined;
}

/** How many sentences are translated, of how many. */
export function progress(state: PanelState): { ready: number; all: number } {
  return {
    ready: state.sentences.filter((sentence) => sentence.text !== null).length,
    all: state.sentences.length,
  };
}

export interface Shown {
  summary: boolean;
  takeaways: boolean;
  translation: boolean;
}

/**
 * Which parts may be shown besides the title. What is being read should not move, and what of the summary the takeaways
 * repeat is known only when all are there: all parts wait for that. When that takes long (`patient` no more), each is shown as it
 * comes.
 */
export function shownParts(state: PanelState, patient: boolean): Shown {
  if (state.phase !== "working" || state.ownModel !== null || !patient)
    return { summary: true, takeaways: true, translation: true };
  return { summary: false, takeaways: false, translation: false };
}
