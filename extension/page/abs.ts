/** Abstract pages, `/abs/<id>`: arXiv/arxiv-browse, templates/abs/abs.html. */
import { authorsOf } from "./authors";
import { namedCategories } from "./categories";
import { findPaperId, hasVersion } from "./ids";
import { highlightableOriginal } from "./original";
import { placeBeside } from "./place";
import { sourceText } from "./source-text";
import type { Original, PaperPage } from "./types";

// With ?labs-style=tabs-above a second abstract stands in #labstabs, hence the child combinator.
const ABSTRACT = "#abs > blockquote.abstract";
const TITLE = "#abs > h1.title";

const NO_ORIGINAL: Original = {
  canHighlight: false,
  mark: () => undefined,
  highlight: () => undefined,
  watchPointer: () => undefined,
};

export function absPage(document: Document, url: URL, signal: AbortSignal): PaperPage | null {
  const blockquote = document.querySelector<HTMLElement>(ABSTRACT);
  const title = document.querySelector<HTMLElement>(TITLE);
  const abstract = meta(document, "citation_abstract") ?? (blockquote && sourceText(blockquote));
  if (!abstract) return null;
  // Without the blockquote arXiv has changed its page: the meta tags still say what the paper is.
  const anchor =
    blockquote ?? document.querySelector<HTMLElement>("#content") ?? document.querySelector("main") ?? document.body;
  return {
    readPaper: () => ({
      id: paperId(document, url),
      title: meta(document, "citation_title") ?? (title && sourceText(title)),
      abstract,
      categories: namedCategories(document.querySelector("#abs td.subjects, .metatable td.subjects")),
    }),
    readAuthors: () => authorsOf(document.querySelector("#abs > .authors")),
    readComments: () => comments(document),
    withdrawn: withdrawal(document),
    latest: latestVersion(document),
    onlyMetadata: blockquote === null,
    place: (host) => placeBeside(host, anchor, blockquote !== null, signal),
    original: blockquote ? highlightableOriginal(blockquote, abstract, signal) : NO_ORIGINAL,
  };
}

/** Something follows the abstract, so that it is whole. */
export function isAbstractParsed(document: Document): boolean {
  return document.querySelector(ABSTRACT)?.nextElementSibling != null;
}

/** Raw TeX, as the authors gave it; the visible text went through MathJax and a TeX-to-Unicode filter. */
function meta(document: Document, name: string): string | null {
  const content = document.querySelector(`meta[name="${name}"]`)?.getAttribute("content")?.trim();
  return content ? content : null;
}

/** The versioned id where the page tells it, in `.arxividv`; the URL and the meta tag often leave the version out. */
function paperId(document: Document, url: URL): string | null {
  const places = [
    document.querySelector("#abs .arxividv")?.textContent,
    url.pathname,
    document.querySelector("#abs .arxivid")?.textContent,
    meta(document, "citation_arxiv_id"),
  ];
  const ids = places.map((text) => (text ? findPaperId(text) : null)).filter((id) => id !== null);
  return ids.find(hasVersion) ?? ids[0] ?? null;
}

function comments(document: Document): string | null {
  const cell = document.querySelector("#abs .metatable .comments");
  return (cell && sourceText(cell).replace(/\s+/g, " ")) || null;
}

function withdrawal(document: Document): PaperPage["withdrawn"] {
  const notice = document.querySelector("#abs > span.error")?.textContent ?? "";
  if (!/withdrawn/i.test(notice)) return null;
  return /newer version/i.test(notice) ? "newer" : "this";
}

/** An older version's dateline ends with `latest version 4 May 1998 (v4)`, v4 being a link. */
function latestVersion(document: Document): string | null {
  const dateline = document.querySelector("#abs > .dateline");
  if (!dateline || !/latest version/.test(dateline.textContent)) return null;
  const last = [...dateline.querySelectorAll<HTMLAnchorElement>("a[href*='/abs/']")].at(-1);
  return last ? findPaperId(last.getAttribute("href") ?? "") : null;
}
