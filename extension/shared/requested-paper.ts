/** The PDF that the reader asked the side panel for, as it stands in storage.session. */
import { ARXIV_ORIGINS } from "./origins";
import { readPaperId } from "./paper-id";

export const REQUESTED_PAPER = "wanted";

export interface RequestedPaper {
  /** Of a paper on arXiv; the server asks arXiv for it. */
  id: string | null;
  /** Of a PDF elsewhere; the extension fetches it, when it may. */
  address: string | null;
  /** The tab that shows the PDF or the HTML paper, if one does. */
  tab: number | null;
  /** The tab shows the paper as HTML, which reads better than its PDF. */
  html: boolean;
  /** Tells one wish from the same wish later. */
  at: number;
}

/** What a link or a page's address means: a paper on arXiv, a file elsewhere, or nothing that could be a PDF. */
export function requestedPaperFrom(address: string | undefined, tab: number | null, at: number): RequestedPaper | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (ARXIV_ORIGINS.some((origin) => origin === url.origin)) {
    const id = readPaperId(`https://arxiv.org${url.pathname}`);
    const html = tab !== null && url.pathname.startsWith("/html/");
    return id === null ? null : { id, address: null, tab: html || isPdf(url) ? tab : null, html, at };
  }
  return url.protocol === "https:" ? { id: null, address, tab, html: false, at } : null;
}

const isPdf = (url: URL): boolean => url.pathname.startsWith("/pdf/");
