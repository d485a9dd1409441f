/** What the page readers hand over, and what may be done on the pages that they read. */
import type { PaperText } from "../shared/messages";
import type { Span } from "../shared/span";

/** One paper on a page, and what the panel may do there. */
export interface PaperPage {
  /** The paper as far as the page has been parsed: the version in its id comes late. */
  readPaper: () => PaperText;
  /** Null where the paper is saved elsewhere than in its panel. */
  readAuthors: (() => string[]) | null;
  /** `this`: the version shown is withdrawn; `newer`: a later one is. */
  withdrawn: "this" | "newer" | null;
  /** What the authors say about the paper, as arXiv shows it in "Comments"; of a withdrawn one it is the reason. */
  readComments: () => string | null;
  /** Versioned id of the latest version, when an older one is shown. */
  latest: string | null;
  /** The page shows no abstract where we know it: arXiv has changed, and only its meta tags could be read. */
  onlyMetadata: boolean;
  /** Put the panel's host where it belongs, beside the abstract where both have room, else below it. */
  place: (host: HTMLElement) => Placement;
  original: Original;
}

export interface Placement {
  /** Beside the abstract while there is something to show beside it; a closed panel gives the width back. */
  setOpen: (open: boolean) => void;
}

/** The abstract as the page shows it. Spans are those of the abstract as read, in UTF-16 units. */
export interface Original {
  /** Whether sentences can be highlighted here at all. */
  canHighlight: boolean;
  /** Tint the sentences that say the most, quieter than those that are pointed at. */
  mark: (spans: readonly Span[]) => void;
  highlight: (spans: readonly Span[]) => void;
  /** Call back with the index of the span that the pointer is on, or null when it leaves. */
  watchPointer: (spans: () => readonly Span[], listener: (index: number | null) => void) => void;
}

/** One paper of a list. Each text is read when it is first wanted: a list may have two thousand entries. */
export interface ListEntry {
  readonly id: string;
  readonly title: string;
  readonly authors: string[];
  /** Null on pages that do not show abstracts. */
  readonly abstract: string | null;
  readonly categories: string[];
  /** What is seen of the entry. */
  elements: readonly HTMLElement[];
  readonly isWithdrawn: boolean;
  /** Put something under the title. */
  placeTitle: (host: HTMLElement) => void;
  /** Put something before the abstract, or at the end of an entry without one. */
  place: (host: HTMLElement) => void;
  /** Put something after the abstract. */
  placeOpened: (host: HTMLElement) => void;
  /** Fold the abstract, or show it. The browser's own search still finds what is folded. */
  foldAbstract: (isFolded: boolean) => void;
  /** Call back before the browser shows a folded abstract in which the reader's search found something. */
  watchFound: (listener: () => void, signal: AbortSignal) => void;
  /** The abstract where it stands, whole until `signal` ends; null where the page does not show it. */
  original: (signal: AbortSignal) => Original | null;
}

export interface ListPage {
  entries: readonly ListEntry[];
  /** Put something above the list. */
  place: (host: HTMLElement) => void;
}

export interface HtmlPaper {
  id: string;
  article: HTMLElement;
  readTitle: () => string;
  readAbstract: () => string;
  /** arXiv's, the primary one, where the page names it. */
  readCategories: () => string[];
  /** All that can be translated, in the order of the page. */
  findBlocks: () => PaperBlock[];
  /** Formulas in lines of their own. */
  findDisplays: () => DisplayFormula[];
  /** Put something above the paper. */
  place: (host: HTMLElement) => void;
  /** The paper as HTML, without what the page has around it. */
  readHtml: () => string;
  /** Pictures of one figure, by their addresses in the page, as one PNG in base64; null when none could be read. */
  readPicture: (addresses: readonly string[]) => Promise<string | null>;
  /** Scroll to the element of this id. */
  show: (anchor: string) => void;
  /** Call back with the page's own theme, now and whenever the reader changes it. */
  watchTheme: (listener: (theme: "light" | "dark") => void) => void;
}

/** A part of an HTML paper that is translated. */
export interface PaperBlock {
  readonly kind: "paragraph" | "heading" | "caption" | "note";
  readonly element: HTMLElement;
  readonly text: BlockText;
  /** Of a caption or a heading: `Figure 1: `, `Theorem 2`, which is not in its text, and may be all there is. */
  readonly label: { kind: LabelKind; number: string } | null;
  /** Whether what is placed stands in running text. */
  readonly isInline: boolean;
  /** Put its translation where it belongs. */
  place: (host: HTMLElement) => void;
}

export interface DisplayFormula {
  element: Element;
  tex: string;
}

export interface BlockText {
  /** Running text: formulas as TeX between dollar signs, and by names (`$\\ref{a}$`) what comes back as it is. */
  readonly text: string;
  /** What the page has for each formula and name, by what stands between the dollar signs. */
  readonly atoms: ReadonlyMap<string, Atom>;
  /** Marks of notes, and after how many units of the text they stand. */
  readonly notes: readonly { offset: number; mark: Element }[];
  /** Where on the page a stretch of the text stands; null when it is there no more. */
  rangeOf: (span: Span) => Range | null;
}

export interface Atom {
  readonly nodes: readonly Node[];
  /** How a translation words it; null where it comes back as it is. */
  readonly label: Label | null;
}

export interface Label {
  readonly kind: LabelKind | "link";
  /** Of a link whose text is label and number; null where the link is the number. */
  readonly number: string | null;
  /** `(2)`, where the brackets stand outside of the link. */
  readonly inBrackets: boolean;
}

export type LabelKind =
  | "figure"
  | "table"
  | "section"
  | "appendix"
  | "equation"
  | "theorem"
  | "lemma"
  | "proposition"
  | "corollary"
  | "definition"
  | "remark"
  | "example"
  | "assumption"
  | "algorithm"
  | "chapter"
  | "footnote";
