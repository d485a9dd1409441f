/** The only room that knows arXiv's markup. One file per kind of page; this one chooses among them. */
import { absPage, isAbstractParsed } from "./abs";
import type { PaperPage } from "./types";

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

export { groundOf } from "./ground";
export { htmlPaper } from "./html";
export { listPage } from "./list";
export { readSelection, type SelectedText } from "./selection";
export type {
  Atom,
  BlockText,
  DisplayFormula,
  HtmlPaper,
  Label,
  LabelKind,
  PaperBlock,
  ListEntry,
  ListPage,
  PaperPage,
  Placement,
} from "./types";

/** What can be read from this page, or null when there is no paper on it. What it watches ends with `signal`. */
export function readPage(document: Document, url: URL, signal: AbortSignal): PaperPage | null {
  return /^\/abs\/./.test(url.pathname) ? absPage(document, url, signal) : null;
}
