/**
 * What the parts of the extension say to each other; each name begins with who speaks to whom.
 *
 * A content script speaks to the background over a port called GLOSS_PORT, the options page by single messages that
 * are answered. A page is not trusted: everything that comes over the port goes through `readContentMessage`.
 */
import type { Failure } from "./failure";
import { readPaperId } from "./paper-id";
import type { Look, Settings } from "./settings";
import type {
  Event as GlossEvent,
  NewTerm,
  PaperEvent,
  SavedPaper,
  SettingsAnswer,
  SettingsRequest,
  Status,
  TermAnswer,
} from "./wire";

export const GLOSS_PORT = "content-to-background";

/** Silence after which Chrome stops a worker is 30 s. */
export const PING_MILLISECONDS = 20_000;

/** Longest abstract that is sent; the server refuses far shorter ones, in words. */
const MAX_TEXT = 100_000;

export interface PaperText {
  /** Versioned paper id, when the page has one. */
  id: string | null;
  title: string | null;
  /** As arXiv has it, TeX and all. */
  abstract: string;
}

/** One paper of a list; its abstract is null where the page does not show it. */
export interface ListedText {
  id: string;
  title: string;
  abstract: string | null;
}

/** Papers in one message. */
export const MAX_LISTED = 64;

export type ContentToBackground =
  | { type: "content-to-background/gloss"; paper: PaperText }
  | { type: "content-to-background/list"; papers: ListedText[]; parts: ListParts }
  | { type: "content-to-background/ping" }
  | { type: "content-to-background/collapse"; collapsed: boolean }
  | { type: "content-to-background/options" }
  | { type: "content-to-background/pdf"; id: string; html: boolean }
  | { type: "content-to-background/saved" }
  | { type: "content-to-background/save"; paper: SavedPaper; keep: boolean }
  | { type: "content-to-background/saved-page" };

export type ListParts = ("title" | "gist")[];

export type BackgroundToContent =
  | { type: "background-to-content/look"; look: Look }
  | { type: "background-to-content/event"; event: GlossEvent }
  | { type: "background-to-content/listed"; listed: PaperEvent }
  | { type: "background-to-content/list-done" }
  | { type: "background-to-content/saved"; ids: string[] }
  | { type: "background-to-content/failed"; failure: Failure };

/** The reader's terms live on the server. */
export type TermsToBackground =
  | { type: "options-to-background/terms" }
  | { type: "options-to-background/add-terms"; terms: NewTerm[] }
  | { type: "options-to-background/remove-term"; source: string };

export interface Terms {
  terms: TermAnswer[] | null;
  failure: Failure | null;
}

/** So does the choice of models. */
export type ModelsToBackground =
  { type: "options-to-background/models" } | { type: "options-to-background/choose"; change: SettingsRequest };

export interface Models {
  settings: SettingsAnswer | null;
  failure: Failure | null;
}

export type OptionsToBackground =
  | TermsToBackground
  | ModelsToBackground
  | { type: "options-to-background/read" }
  | { type: "options-to-background/change"; change: Partial<Settings> }
  | { type: "options-to-background/pair"; code: string }
  | { type: "options-to-background/unpair" }
  | { type: "options-to-background/check" };

/** Pages of our own that speak to the server themselves: a whole paper takes longer than a worker may live. */
export interface ReaderToBackground {
  type: "reader-to-background/begin";
}

export interface ReaderBegins {
  server: { origin: string; token: string | null };
  settings: Settings;
}

/** What the side panel asks of the tab that shows an HTML paper. */
export type ReaderToContent =
  | { type: "reader-to-content/html" }
  | { type: "reader-to-content/picture"; addresses: string[] }
  | { type: "reader-to-content/show"; anchor: string };

/** Answer to each kind of message. */
export interface ContentAnswers {
  "reader-to-content/html": string;
  "reader-to-content/picture": string | null;
  "reader-to-content/show": null;
}

export interface OptionsView {
  settings: Settings;
  paired: boolean;
}

/** What the doctor found: a status of a server that answers and agrees with us, or what is in the way. */
export type Connection = { status: Status; failure: null } | { status: null; failure: Failure };

/** Answer to each kind of message. */
export interface OptionsAnswers {
  "options-to-background/read": OptionsView;
  "options-to-background/change": OptionsView;
  "options-to-background/pair": Connection;
  "options-to-background/unpair": OptionsView;
  "options-to-background/check": Connection;
  "options-to-background/terms": Terms;
  "options-to-background/add-terms": Terms;
  "options-to-background/remove-term": Terms;
  "options-to-background/models": Models;
  "options-to-background/choose": Models;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isTextOrNull = (value: unknown): value is string | null =>
  value === null || (typeof value === "string" && value.length <= MAX_TEXT);

/** The message, rebuilt from nothing but its known fields, or null when it is none of ours. */
export function readContentMessage(message: unknown): ContentToBackground | null {
  if (!isRecord(message)) return null;
  switch (message.type) {
    case "content-to-background/ping":
    case "content-to-background/options":
    case "content-to-background/saved":
    case "content-to-background/saved-page":
      return { type: message.type };
    case "content-to-background/pdf": {
      const id = typeof message.id === "string" ? readPaperId(message.id) : null;
      return id === null ? null : { type: message.type, id, html: message.html === true };
    }
    case "content-to-background/save": {
      const paper = readSavedPaper(message.paper);
      return paper && typeof message.keep === "boolean" ? { type: message.type, paper, keep: message.keep } : null;
    }
    case "content-to-background/collapse":
      return typeof message.collapsed === "boolean" ? { type: message.type, collapsed: message.collapsed } : null;
    case "content-to-background/list": {
      const { papers, parts } = message;
      if (!Array.isArray(papers) || papers.length === 0 || papers.length > MAX_LISTED) return null;
      const listed = papers.map(readListed);
      if (listed.some((paper) => paper === null) || !Array.isArray(parts)) return null;
      const known = (["title", "gist"] as const).filter((part) => parts.includes(part));
      return { type: message.type, papers: listed.filter((paper) => paper !== null), parts: known };
    }
    case "content-to-background/gloss": {
      const paper = message.paper;
      if (!isRecord(paper) || !isTextOrNull(paper.id) || !isTextOrNull(paper.title)) return null;
      if (typeof paper.abstract !== "string" || paper.abstract.length > MAX_TEXT) return null;
      return { type: message.type, paper: { id: paper.id, title: paper.title, abstract: paper.abstract } };
    }
    default:
      return null;
  }
}

function readListed(paper: unknown): ListedText | null {
  if (!isRecord(paper) || typeof paper.id !== "string" || typeof paper.title !== "string") return null;
  const id = readPaperId(paper.id);
  if (id === null || paper.title.length > MAX_TEXT || !isTextOrNull(paper.abstract)) return null;
  return { id, title: paper.title, abstract: paper.abstract };
}

function readSavedPaper(paper: unknown): SavedPaper | null {
  if (!isRecord(paper)) return null;
  const { authors } = paper;
  const listed = readListed(paper);
  if (!listed || !Array.isArray(authors) || !authors.every((name) => typeof name === "string")) return null;
  return { ...listed, authors };
}
