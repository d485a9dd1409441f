/** The only room that knows arXiv's markup. One file per kind of page; this one chooses among them. */
import { absPage } from "./abs";
import type { Span } from "../shared/span";
import type { PaperText } from "../shared/messages";

/** One paper on a page, and what the panel may do there. */
export interface PaperPage {
  paper: PaperText;
  /** `this`: the version shown is withdrawn; `newer`: a later one is. */
  withdrawn: "this" | "newer" | null;
  /** Versioned id of the latest version, when an older one is shown. */
  latest: string | null;
  /** Put the panel's host where it belongs, beside the abstract where both have room, else below it. */
  place: (host: HTMLElement) => Placement;
  original: Original;
}

export interface Placement {
  /** Beside the abstract while there is something to show beside it; a closed panel gives the width back. */
  setOpen: (open: boolean) => void;
}

/** The abstract as the page shows it. Spans are those of `paper.abstract`, in UTF-16 units. */
export interface Original {
  light: (spans: readonly Span[]) => void;
  /** Call back with the index of the span that the pointer is on, or null when it leaves. */
  watchPointer: (spans: () => readonly Span[], listener: (index: number | null) => void) => void;
}

/** What can be read from this page, or null when there is no paper on it. */
export function readPage(document: Document, url: URL): PaperPage | null {
  return /^\/abs\/./.test(url.pathname) ? absPage(document, url) : null;
}
