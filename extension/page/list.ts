/**
 * Lists: `/list/*`, `/catchup/*`, `/a/*` (arXiv/arxiv-browse, templates/list) and search results (arXiv/arxiv-search,
 * templates/search/search-macros.html).
 */
import { findPaperId } from "./ids";
import { authorsOf } from "./authors";
import { namedCategories, taggedCategories } from "./categories";
import { highlightableOriginal } from "./original";
import { sourceText } from "./source-text";
import type { ListEntry, ListPage, Original } from "./types";
import { saysWithdrawn } from "./withdrawn";

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
  const texts = {
    title: [".list-title"],
    authors: ".list-authors",
    comments: ".list-comments",
    abstract: ["p.mathjax"],
    paragraph: "p.mathjax",
    ...CATEGORIES,
  };
  return [new Entry(id, meta, texts, [term, details])];
}

/** A search result: here `.list-title` holds the id, and the title is `.title`. */
function readResult(result: HTMLElement): ListEntry[] {
  const link = result.querySelector('a[href*="/abs/"]');
  const id = link && findPaperId(link.getAttribute("href") ?? "");
  const texts = {
    title: ["p.title"],
    authors: "p.authors",
    comments: "p.comments",
    abstract: [".abstract-full", ".abstract-short"],
    paragraph: "p.abstract",
    ...CATEGORIES,
  };
  return id ? [new Entry(id, result, texts, [result])] : [];
}

/** A list names an entry's subjects, a search result has a tag for each. */
const CATEGORIES = { subjects: ".list-subjects", tags: ".tags > .tag" };

/** Where an entry has its texts: selectors, the first that is there counts. */
interface Texts {
  title: readonly string[];
  authors: string;
  comments: string;
  abstract: readonly string[];
  /** What the page shows of the abstract, with all that stands around it. */
  paragraph: string;
  subjects: string;
  tags: string;
}

class Entry implements ListEntry {
  private readonly known = new Map<readonly string[], string | null>();
  private withdrawn: boolean | null = null;

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

  get isWithdrawn(): boolean {
    const comments = this.body.querySelector(this.texts.comments);
    return (this.withdrawn ??= saysWithdrawn(comments ? sourceText(comments) : "", this.abstract ?? ""));
  }

  placeTitle(host: HTMLElement): void {
    const title = this.element(this.texts.title);
    if (title) title.after(host);
    else this.body.prepend(host);
  }

  place(host: HTMLElement): void {
    if (this.paragraph) this.paragraph.before(host);
    else this.body.append(host);
  }

  placeOpened(host: HTMLElement): void {
    if (this.paragraph) this.paragraph.after(host);
    else this.body.append(host);
  }

  foldAbstract(isFolded: boolean): void {
    if (isFolded) this.paragraph?.setAttribute("hidden", "until-found");
    else this.paragraph?.removeAttribute("hidden");
  }

  watchFound(listener: () => void, signal: AbortSignal): void {
    this.paragraph?.addEventListener("beforematch", listener, { signal });
  }

  /** A search result shows its abstract shortened until it is opened. */
  original(signal: AbortSignal): Original | null {
    const shown = this.element(this.texts.abstract);
    if (!shown || this.abstract === null) return null;
    this.paragraph?.classList.add("arxiv-gloss-whole");
    signal.addEventListener("abort", () => this.paragraph?.classList.remove("arxiv-gloss-whole"));
    return highlightableOriginal(shown, this.abstract, signal);
  }

  private get paragraph(): HTMLElement | null {
    return this.body.querySelector<HTMLElement>(this.texts.paragraph);
  }

  private element(selectors: readonly string[]): HTMLElement | null {
    const found = selectors.map((selector) => this.body.querySelector<HTMLElement>(selector));
    return found.find((element) => element !== null) ?? null;
  }

  private text(selectors: readonly string[]): string | null {
    if (!this.known.has(selectors)) {
      const found = this.element(selectors);
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
