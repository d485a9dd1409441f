/**
 * What the parts of the extension say to each other; each name begins with who speaks to whom.
 *
 * A content script speaks to the background over a port called GLOSS_PORT, the options page by single messages that
 * are answered. A page is not trusted: what comes over the port is checked (entrypoints/background/content-message.ts).
 */
import type { Failure } from "./failure";
import type { Layout, PageSettings, Settings } from "./settings";
import type {
  Event as GlossEvent,
  NewTerm,
  PaperEvent,
  ParagraphEvent,
  ParagraphText,
  SavedPaper,
  SettingsAnswer,
  SettingsRequest,
  Status,
  TermAnswer,
  TriageChange,
  TriagedPaper,
} from "./wire";

export const GLOSS_PORT = "content-to-background";

/** Silence after which Chrome stops a worker is 30 s. */
export const PING_MILLISECONDS = 20_000;

export interface PaperText {
  /** Versioned paper id, when the page has one. */
  id: string | null;
  title: string | null;
  /** As arXiv has it, TeX and all. */
  abstract: string;
  /** arXiv's, the primary one first, where the page names them. */
  categories?: string[];
}

/** One paper of a list; its abstract is null where the page does not show it. */
export interface ListedText {
  id: string;
  title: string;
  abstract: string | null;
  categories?: string[];
}

/** What paragraphs are parts of. */
export interface PaperOfParagraphs {
  title: string;
  abstract: string;
  categories: string[];
}

/** Paragraphs in one message. */
export const MAX_PARAGRAPHS = 64;

/** Papers in one message. */
export const MAX_LISTED = 64;

/** Papers of one list, in one message: as many as the server takes. */
export const MAX_TRIAGED = 4_000;

export type ContentToBackground =
  | { type: "content-to-background/gloss"; paper: PaperText }
  | { type: "content-to-background/list"; papers: ListedText[]; parts: ListParts }
  | {
      type: "content-to-background/paragraphs";
      paper: PaperOfParagraphs;
      /** Comes back with each event: what was asked before may still be on its way. */
      batch: number;
      paragraphs: ParagraphText[];
    }
  /** What was asked is not wanted any more. */
  | { type: "content-to-background/stop" }
  | { type: "content-to-background/layout"; layout: Layout }
  | { type: "content-to-background/ping" }
  | { type: "content-to-background/collapse"; collapsed: boolean }
  | { type: "content-to-background/fold-abstracts"; folded: boolean }
  | { type: "content-to-background/options" }
  | { type: "content-to-background/pdf"; id: string; html: boolean }
  | { type: "content-to-background/saved" }
  | { type: "content-to-background/save"; paper: SavedPaper; keep: boolean }
  | { type: "content-to-background/triage"; ids: string[] }
  | { type: "content-to-background/triaged"; changes: TriageChange[] }
  | { type: "content-to-background/saved-page" };

export type ListParts = ("title" | "gist")[];

export type BackgroundToContent =
  | { type: "background-to-content/settings"; settings: PageSettings }
  | { type: "background-to-content/event"; event: GlossEvent }
  | { type: "background-to-content/listed"; listed: PaperEvent }
  | { type: "background-to-content/list-done" }
  | { type: "background-to-content/paragraph"; batch: number; event: ParagraphEvent }
  | { type: "background-to-content/paragraphs-done"; batch: number }
  | { type: "background-to-content/saved"; ids: string[] }
  | { type: "background-to-content/triage"; papers: TriagedPaper[] }
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
export interface OwnPageToBackground {
  type: "own-page-to-background/open-session";
}

export interface OwnPageSession {
  server: { origin: string; token: string | null };
  settings: Settings;
}

/** A tab as the browser names it; its address is known once the reader has pressed the toolbar button there. */
export interface TabOfReader {
  id: number;
  url: string;
  windowId: number;
}

export type PopupToBackground =
  | { type: "popup-to-background/settings" }
  | { type: "popup-to-background/check" }
  | { type: "popup-to-background/digests" }
  | { type: "popup-to-background/switch-site"; host: string; on: boolean }
  | { type: "popup-to-background/gloss"; tab: TabOfReader };

/** The digests of one day. */
export interface NewestDigests {
  /** As 2026-11-25. */
  day: string;
  digests: { topic: string; papers: number; address: string }[];
}

/** Answer to each kind of message. */
export interface PopupAnswers {
  "popup-to-background/settings": Settings;
  "popup-to-background/check": Connection;
  "popup-to-background/digests": NewestDigests | null;
  "popup-to-background/switch-site": Settings;
  /** Whether anything of ours runs in the tab. */
  "popup-to-background/gloss": boolean;
}

/** What the reader asks of a page from outside of it: by the popup, a key or a menu. */
export type BackgroundToTab =
  | { type: "background-to-tab/gloss" }
  /** The page knows what is selected, and its formulas. */
  | { type: "background-to-tab/selection" };

/** Asked of the tab that shows an HTML paper, by a popup, a key or a menu: translate it in place, or show the original
 *  alone; without `on`, the other of what is. Answered with what is then. */
export interface BilingualToTab {
  type: "background-to-tab/bilingual";
  on?: boolean;
}

export interface BilingualAnswer {
  on: boolean;
}

/** What the side panel asks of the tab that shows an HTML paper. */
export type SidePanelToContent =
  | { type: "side-panel-to-content/html" }
  | { type: "side-panel-to-content/picture"; addresses: string[] }
  | { type: "side-panel-to-content/show"; anchor: string };

/** Answer to each kind of message. */
export interface ContentAnswers {
  "side-panel-to-content/html": string;
  "side-panel-to-content/picture": string | null;
  "side-panel-to-content/show": null;
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
