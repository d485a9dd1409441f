/**
 * Lists: `/list/*`, `/catchup/*`, `/a/*` (arXiv/arxiv-browse, templates/list) and search results (arXiv/arxiv-search,
 * templates/search/search-macros.html).
 */
import { findPaperId } from "./ids";
import { authorsOf } from "./authors";
import { namedCategories, taggedCategories } from "./categories";
import { sourceText } from "./source-text";
import type { ListEntry, ListPage } from "./types";

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
  const texts = { title: [".list-title"], authors: ".list-authors", abstract: ["p.mathjax"], ...CATEGORIES };
  return [new Entry(id, meta, texts, [term, details])];
}

/** A search result: here `.list-title` holds the id, and the title is `.title`. */
function readResult(result: HTMLElement): ListEntry[] {
  const link = result.querySelector('a[href*="/abs/"]');
  const id = link && findPaperId(link.getAttribute("href") ?? "");
  const abstract = [".abstract-full", ".abstract-short"];
  const texts = { title: ["p.title"], authors: "p.authors", abstract, ...CATEGORIES };
  return id ? [new Entry(id, result, texts, [result])] : [];
}

/** A list names an entry's subjects, a search result has a tag for each. */
const CATEGORIES = { subjects: ".list-subjects", tags: ".tags > .tag" };

/** Where an entry has its texts: selectors, the first that is there counts. */
interface Texts {
  title: readonly string[];
  authors: string;
  abstract: readonly string[];
  subjects: string;
  tags: string;
}

class Entry implements ListEntry {
  private readonly known = new Map<readonly string[], string | null>();

  constructor(
    readonly id: string,
    private readonly body: HTMLElement,
    private readonly texts: Texts,
    readonly elements: readonly HTMLElement[],
  ) {}

  get title(): string {
    return this.text(this.texts.title) ?? "";
  }

  get authors(): string[] {
    return authorsOf(this.body.querySelector(this.texts.authors));
  }

  get abstract(): string | null {
    return this.text(this.texts.abstract);
  }

  get categories(): string[] {
    const { subjects, tags } = this.texts;
    const named = namedCategories(this.body.querySelector(subjects));
    return named.length > 0 ? named : taggedCategories(this.body.querySelectorAll(tags));
  }

  place(host: HTMLElement): void {
    this.body.append(host);
  }

  private text(selectors: readonly string[]): string | null {
    if (!this.known.has(selectors)) {
      const found = selectors.map((selector) => this.body.querySelector(selector)).find((element) => element !== null);
      this.known.set(selectors, (found && textOf(found)) || null);
    }
    return this.known.get(selectors) ?? null;
  }
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
