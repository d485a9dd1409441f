/**
 * Lists: `/list/*`, `/catchup/*`, `/a/*` (arXiv/arxiv-browse, templates/list) and search results (arXiv/arxiv-search,
 * templates/search/search-macros.html).
 */
import { findPaperId } from "./ids";
import { authorsOf } from "./authors";
import { sourceText } from "./source-text";

export interface ListEntry {
  id: string;
  title: string;
  authors: string[];
  /** Null on pages that do not show abstracts. */
  abstract: string | null;
  /** What is seen of the entry. */
  elements: readonly HTMLElement[];
  /** Put something under the entry. */
  place: (host: HTMLElement) => void;
}

export interface ListPage {
  entries: readonly ListEntry[];
  /** Put something above the list. */
  place: (host: HTMLElement) => void;
}

export function listPage(document: Document): ListPage | null {
  const results = [...document.querySelectorAll<HTMLElement>("li.arxiv-result")];
  if (results.length > 0) {
    return { entries: results.flatMap(readResult), place: (host) => results[0]!.parentElement!.before(host) };
  }
  // On /new there are up to three of them, all with the same id.
  const lists = [...document.querySelectorAll<HTMLElement>("dl#articles")];
  const entries = lists.flatMap((list) => [...list.querySelectorAll<HTMLElement>(":scope > dt")].flatMap(readTerm));
  return entries.length > 0 ? { entries, place: (host) => lists[0]!.before(host) } : null;
}

function readTerm(term: HTMLElement): ListEntry[] {
  const details = term.nextElementSibling;
  const link = term.querySelector<HTMLAnchorElement>('a[title="Abstract"]');
  const id = link && findPaperId(link.getAttribute("href") ?? link.id);
  if (!id || !(details instanceof HTMLElement) || details.localName !== "dd") return [];
  const meta = details.querySelector<HTMLElement>(".meta") ?? details;
  const title = meta.querySelector(".list-title");
  const abstract = meta.querySelector("p.mathjax");
  return [
    {
      id,
      title: title ? textOf(title) : "",
      authors: authorsOf(meta.querySelector(".list-authors")),
      abstract: (abstract && textOf(abstract)) || null,
      elements: [term, details],
      place: (host) => meta.append(host),
    },
  ];
}

/** A search result: here `.list-title` holds the id, and the title is `.title`. */
function readResult(result: HTMLElement): ListEntry[] {
  const link = result.querySelector('a[href*="/abs/"]');
  const id = link && findPaperId(link.getAttribute("href") ?? "");
  if (!id) return [];
  const title = result.querySelector("p.title");
  const abstract = result.querySelector(".abstract-full") ?? result.querySelector(".abstract-short");
  return [
    {
      id,
      title: title ? textOf(title) : "",
      authors: authorsOf(result.querySelector("p.authors")),
      abstract: (abstract && textOf(abstract)) || null,
      elements: [result],
      place: (host) => result.append(host),
    },
  ];
}

/** The text with the addresses that arXiv hides behind `this https URL`, without its links "More" and "Less". */
function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const link of copy.querySelectorAll("a")) {
    if (link.classList.contains("is-size-7")) link.remove();
    else if (/^\s*this (https?|ftp) URL\s*$/.test(link.textContent)) link.textContent = link.getAttribute("href");
  }
  return sourceText(copy).replace(/\s+/g, " ");
}
