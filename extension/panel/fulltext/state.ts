/** What is shown of a whole paper, and the one function that changes it. Pure: events in, a new state out. */
import type {
  FigureCaption,
  PagesRead,
  PaperOutline,
  Point,
  SectionGist,
  Statement,
  WholeEvent,
} from "../../shared/wire";
import { initialState, reduce, replaceByIndex, type PanelState } from "../state";

export interface FullTextState {
  /** The abstract's part, as the panel beside an abstract has it; its phase and failure are those of the whole. */
  abstract: PanelState;
  pages: PagesRead | null;
  outline: PaperOutline | null;
  overview: Statement[];
  points: Point[];
  sections: SectionGist[];
  figures: FigureCaption[];
  /** By index of the figure: a PNG in base64. */
  pictures: Readonly<Record<number, string>>;
}

export function initialFullText(id: string | null): FullTextState {
  const paper = { id, title: null, abstract: "" };
  return {
    abstract: reduce(initialState(paper), { type: "asked", paper, again: true }),
    pages: null,
    outline: null,
    overview: [],
    points: [],
    sections: [],
    figures: [],
    pictures: {},
  };
}

export function reduceFullText(state: FullTextState, event: WholeEvent): FullTextState {
  switch (event.event) {
    case "pages":
      return { ...state, pages: event };
    case "outline":
      return { ...state, outline: event };
    case "overview":
      return { ...state, overview: event.sentences };
    case "point":
      return { ...state, points: replaceByIndex(state.points, event) };
    case "section":
      return { ...state, sections: replaceByIndex(state.sections, event) };
    case "figure":
      return { ...state, figures: replaceByIndex(state.figures, event) };
    case "picture":
      return { ...state, pictures: { ...state.pictures, [event.index]: event.png } };
    default:
      return { ...state, abstract: reduce(state.abstract, { type: "wire", event }) };
  }
}

/** How far the work is: the pages come first, then the sections. */
export function progressOf(state: FullTextState): { part: "pages" | "sections"; ready: number; all: number } {
  const { outline, pages, sections } = state;
  if (outline) return { part: "sections", ready: sections.length, all: outline.sections.length };
  return { part: "pages", ready: pages?.done ?? 0, all: pages?.of ?? 0 };
}
