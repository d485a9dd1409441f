/** The only room that knows arXiv's markup. One file per kind of page; this one chooses among them. */
import { absPage, isAbstractParsed } from "./abs";
import type { Span } from "../shared/span";
import type { PaperText } from "../shared/messages";

/** One paper on a page, and what the panel may do there. */
export interface PaperPage {
  /** The paper as far as the page has been parsed: the version in its id comes late. */
  readPaper: () => PaperText;
  /** Null where the paper is saved elsewhere than in its panel. */
  readAuthors: (() => string[]) | null;
  /** `this`: the version shown is withdrawn; `newer`: a later one is. */
  withdrawn: "this" | "newer" | null;
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
  light: (spans: readonly Span[]) => void;
  /** Call back with the index of the span that the pointer is on, or null when it leaves. */
  watchPointer: (spans: () => readonly Span[], listener: (index: number | null) => void) => void;
}

/**
 * Wait until the panel's place is there, which is before most of the page is: a panel put there in the same breath as
 * the abstract moves nothing. Resolves at the latest when the page is parsed.
 */
export async function whenPlaceable(document: Document): Promise<void> {
  if (document.readyState !== "loading" || isAbstractParsed(document)) return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(() => isAbstractParsed(document) && finish());
    observer.observe(document, { childList: true, subtree: true });
    document.addEventListener("DOMContentLoaded", finish, { once: true });
  });
}

export async function whenParsed(document: Document): Promise<void> {
  if (document.readyState !== "loading") return;
  await new Promise<void>((resolve) => {
    document.addEventListener("DOMContentLoaded", () => resolve(), { once: true });
  });
}

export { htmlPaper, type HtmlPaper } from "./html";
export { listPage, type ListEntry, type ListPage } from "./list";

/** What can be read from this page, or null when there is no paper on it. */
export function readPage(document: Document, url: URL): PaperPage | null {
  return /^\/abs\/./.test(url.pathname) ? absPage(document, url) : null;
}
