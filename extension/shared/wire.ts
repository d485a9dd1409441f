// Made from wire.schema.json by `npm run wire`; do not edit.

export type Event = Started | Title | Segment | Gist | Summary | Takeaway | Rewriting | Done | Failed | Alive;
export type WholeEvent =
  | PagesRead
  | PaperOutline
  | Started
  | Title
  | Segment
  | Overview
  | Point
  | SectionGist
  | FigureCaption
  | Picture
  | Done
  | Failed
  | Alive;

export interface Started {
  event: "started";
  paper: PaperRef;
  segments: SegmentRef[];
}
/**
 * Which paper a stream is about.
 */
export interface PaperRef {
  id?: string | null;
  title?: string | null;
}
/**
 * One sentence of the abstract, before it is translated.
 */
export interface SegmentRef {
  index: number;
  /**
   * @minItems 2
   * @maxItems 2
   */
  span: [number, number];
  source: string;
}
export interface Title {
  event: "title";
  text: string;
  flags: Flag[];
  confidence: number | null;
  origin: string;
}
/**
 * Something about a text that could not be verified; the panel words it in the reader's language.
 */
export interface Flag {
  code: string;
  params: {
    [k: string]: string;
  };
}
export interface Segment {
  event: "segment";
  index: number;
  /**
   * @minItems 2
   * @maxItems 2
   */
  span: [number, number];
  source: string;
  text: string;
  flags: Flag[];
  confidence: number | null;
  origin: string;
}
/**
 * The paper in one line, for lists.
 */
export interface Gist {
  event: "gist";
  text: string;
  evidence: number[];
  flags: Flag[];
  confidence: number | null;
  origin: string;
}
export interface Summary {
  event: "summary";
  sentences: SummarySentence[];
}
export interface SummarySentence {
  text: string;
  evidence: number[];
  score: number;
  flags: Flag[];
  confidence: number | null;
  origin: string;
}
/**
 * `withheld` takeaways have too little support to be shown as fact; the panel can show them on request.
 */
export interface Takeaway {
  event: "takeaway";
  index: number;
  text: string;
  evidence: number[];
  score: number;
  label: ("conclusion" | "further" | "method" | "motivation" | "result") | null;
  flags: Flag[];
  withheld: boolean;
  confidence: number | null;
  origin: string;
}
/**
 * The gloss is complete. Texts of the reader's own model may still take the place of some.
 */
export interface Rewriting {
  event: "rewriting";
  model: string;
}
export interface Done {
  event: "done";
  seconds: number;
  cached: boolean;
  counts: Counts;
  models: ModelUse[];
  version: string;
  rules: number;
  made: string;
  asked: string[];
  digits_only: boolean;
  notices: Flag[];
  doubtful: boolean;
}
/**
 * Totals of a finished gloss.
 */
export interface Counts {
  segments: number;
  takeaways: number;
  withheld: number;
  flags: number;
  conflicts: number;
}
/**
 * One bundle that took part, and what really ran it.
 */
export interface ModelUse {
  role: "glosser" | "summarizer" | "translator";
  name: string;
  digest: string;
  precision: string;
  provider: string;
}
export interface Failed {
  event: "error";
  code: string;
  message: string;
}
/**
 * Sent after ten seconds of silence, so that nobody takes the stream for dead.
 */
export interface Alive {
  event: "alive";
}
/**
 * Progress of reading a PDF.
 */
export interface PagesRead {
  event: "pages";
  done: number;
  of: number;
}
/**
 * What was found in the paper, before anything is glossed.
 */
export interface PaperOutline {
  event: "outline";
  title: string;
  authors: string[];
  pages: number | null;
  sections: OutlineSection[];
  figures: number;
  notices: Flag[];
}
export interface OutlineSection {
  index: number;
  title: string;
  level: number;
  page: number | null;
  anchor: string | null;
}
/**
 * The summary of a whole paper.
 */
export interface Overview {
  event: "overview";
  sentences: Statement[];
}
export interface Statement {
  text: string;
  evidence: Place[];
  score: number;
  flags: Flag[];
}
/**
 * Where in a whole paper something is said.
 */
export interface Place {
  section: string;
  page: number | null;
  source: string;
  anchor: string | null;
}
/**
 * A takeaway of a whole paper.
 */
export interface Point {
  event: "point";
  index: number;
  text: string;
  evidence: Place[];
  score: number;
  label: ("conclusion" | "further" | "method" | "motivation" | "result") | null;
  flags: Flag[];
  withheld: boolean;
}
/**
 * One or two sentences for a section; `gist` is empty where it holds nothing but subsections.
 */
export interface SectionGist {
  event: "section";
  index: number;
  title: Translated;
  level: number;
  page: number | null;
  gist: string;
  evidence: Place[];
  flags: Flag[];
}
export interface Translated {
  source: string;
  text: string;
}
/**
 * A figure, table or algorithm, as `kind` says.
 */
export interface FigureCaption {
  event: "figure";
  index: number;
  kind: string;
  number: string;
  caption: Translated;
  page: number | null;
  flags: Flag[];
  anchor: string | null;
  pictures: string[];
}
/**
 * The crop of figure `index` as a PNG in base64.
 */
export interface Picture {
  event: "picture";
  index: number;
  png: string;
}
/**
 * The server's nonce, for one call, and its proof that it holds the pairing's secret.
 */
export interface ChallengeAnswer {
  nonce: string;
  proof: string;
}
/**
 * Body of POST /v1/challenge: the name of a pairing, and a nonce of the client's (`routes/challenges.py`).
 */
export interface ChallengeRequest {
  pairing: string;
  nonce: string;
}
/**
 * One topic on one day; `page` is the path of its page below the address of all.
 */
export interface DigestAnswer {
  day: string;
  topic: string;
  papers: number;
  page: string;
}
/**
 * Answer of GET /v1/digests, the newest first. `address` is good until the server is started again.
 */
export interface DigestsAnswer {
  address: string;
  digests: DigestAnswer[];
}
/**
 * Every refusal before the first line of a stream has this shape.
 */
export interface ErrorAnswer {
  error: ErrorBody;
}
/**
 * `code` is stable; `message` is an English sentence that says what to do.
 */
export interface ErrorBody {
  code: string;
  message: string;
}
/**
 * Body of DELETE /v1/saved: the paper to remove.
 */
export interface ForgetRequest {
  id: string;
}
/**
 * Body of POST /v1/gloss. Without `abstract` the server asks arXiv for the paper called `id`.
 */
export interface GlossRequest {
  id?: string | null;
  title?: string | null;
  abstract?: string | null;
  /**
   * @maxItems 32
   */
  categories?: string[];
  target?: string | null;
  parts?: ("gist" | "summary" | "takeaways" | "title" | "translation")[];
}
/**
 * Answer of every call to /v1/glossary: the reader's terms as they are now.
 */
export interface GlossaryAnswer {
  terms: TermAnswer[];
}
/**
 * A term of the reader's; `target` equals `source` where it stays in English.
 */
export interface TermAnswer {
  source: string;
  target: string;
}
/**
 * Body of POST /v1/glosses: many papers, one target, by default only what a list shows.
 */
export interface GlossesRequest {
  /**
   * @minItems 1
   * @maxItems 256
   */
  papers: [ListedPaper, ...ListedPaper[]];
  target?: string | null;
  parts?: ("gist" | "summary" | "takeaways" | "title" | "translation")[];
}
/**
 * One paper of a list.
 */
export interface ListedPaper {
  id?: string | null;
  title?: string | null;
  abstract?: string | null;
  /**
   * @maxItems 32
   */
  categories?: string[];
}
/**
 * A term and its rendering; `=` keeps it in English.
 */
export interface NewTerm {
  source: string;
  target: string;
}
/**
 * The token, shown once; the server keeps only its hash.
 */
export interface PairAnswer {
  token: string;
}
/**
 * Body of POST /v1/pair: the code that `arxiv-gloss pair` shows in the terminal.
 */
export interface PairRequest {
  code: string;
}
/**
 * One line of POST /v1/glosses: an event, and the position in the request of the paper that it is about.
 */
export interface PaperEvent {
  paper: number;
  event: Event;
}
/**
 * One line of POST /v1/paragraphs: an event, and the position in the request of the paragraph that it is about.
 *
 *     Each paragraph has the events of an abstract of which only the translation was asked for; a heading is one segment.
 */
export interface ParagraphEvent {
  paragraph: number;
  event: Event;
}
/**
 * A paragraph, caption, list item or note as running text, or a heading with its number. Formulas stand as TeX
 *     between dollar signs; what else must come back unchanged, such as a citation, is sent as a formula: `$\ref{a}$`.
 */
export interface ParagraphText {
  text: string;
  kind?: "heading" | "paragraph";
}
/**
 * Body of POST /v1/paragraphs: parts of one paper that are to be translated in full, in the order in which they are
 *     wanted.
 */
export interface ParagraphsRequest {
  /**
   * @minItems 1
   * @maxItems 64
   */
  paragraphs: [ParagraphText, ...ParagraphText[]];
  title?: string | null;
  abstract?: string | null;
  /**
   * @maxItems 32
   */
  categories?: string[];
  target?: string | null;
}
/**
 * JSON body of POST /v1/pdf: the server asks arXiv for the PDF called `id`. A file is sent as the body itself, as
 *     application/pdf, with `target` and `pictures` in the query.
 */
export interface PdfRequest {
  id: string;
  target?: string | null;
  pictures?: boolean;
}
/**
 * Body of POST /v1/saved: papers to keep for later.
 */
export interface SaveRequest {
  papers: SavedPaper[];
}
/**
 * A paper as its page described it when it was saved.
 */
export interface SavedPaper {
  id: string;
  title: string;
  authors?: string[];
  abstract?: string | null;
}
/**
 * Answer of every call to /v1/saved: the saved papers as they are now, the newest first.
 */
export interface SavedAnswer {
  papers: SavedPaper[];
}
/**
 * Answer of every call to /v1/settings. `bundle` is empty for the first of `bundles`, the installed glossers;
 *     `translator` and `summarizer` for none but what a target needs.
 */
export interface SettingsAnswer {
  target: string;
  bundle: string;
  bundles: string[];
  translator: string;
  translators: string[];
  summarizer: string;
  summarizers: string[];
}
/**
 * Body of PUT /v1/settings: what is to change.
 */
export interface SettingsRequest {
  target?: string | null;
  bundle?: string | null;
  translator?: string | null;
  summarizer?: string | null;
}
/**
 * Answer of GET /v1/status. `models` is empty until the bundle is loaded; `problem` says why it cannot be;
 *     `program` is what the reader types to run this program; `damaged` names the copies of what was kept that could not
 *     be read whole: pairings or saved papers may be missing.
 */
export interface Status {
  version: string;
  wire: number;
  ready: boolean;
  targets: string[];
  models: ModelUse[];
  problem: ErrorBody | null;
  program: string;
  damaged: string[];
}
/**
 * Body of DELETE /v1/glossary: the term to remove.
 */
export interface TermRequest {
  source: string;
}
/**
 * Body of POST /v1/glossary: terms to add, or to render otherwise than before.
 */
export interface TermsRequest {
  terms: NewTerm[];
}
/**
 * Body of POST /v1/pair/ticket: the one-use ticket that lies in the extension's folder.
 */
export interface TicketRequest {
  ticket: string;
}
/**
 * Answer of POST /v1/triage: those of the papers asked about that are hidden or seen.
 */
export interface TriageAnswer {
  papers: TriagedPaper[];
}
/**
 * A paper of which something is known.
 */
export interface TriagedPaper {
  id: string;
  hidden: boolean;
  seen: boolean;
}
/**
 * What is not given stays as it is.
 */
export interface TriageChange {
  id: string;
  hidden?: boolean | null;
  seen?: boolean | null;
}
/**
 * Body of POST /v1/triage: the papers asked about, and what is to change before that.
 */
export interface TriageRequest {
  /**
   * @maxItems 4000
   */
  ids?: string[];
  /**
   * @maxItems 4000
   */
  changes?: TriageChange[];
}
/**
 * What the welcome page shows. `folders`: where the extension lies, for each kind of browser. `extension`: one has
 *     come to this server; `refused`: with a ticket that was used or too old; `paired`: one is paired.
 */
export interface WelcomeAnswer {
  version: string;
  program: string;
  folders: {
    [k: string]: string;
  };
  extension: boolean;
  refused: boolean;
  paired: boolean;
}

/** The kinds of `Event`. */
export const EVENT_KINDS: ReadonlySet<Event["event"]> = new Set([
  "started",
  "title",
  "segment",
  "gist",
  "summary",
  "takeaway",
  "rewriting",
  "done",
  "error",
  "alive",
]);

/** The kinds of `WholeEvent`. */
export const WHOLE_EVENT_KINDS: ReadonlySet<WholeEvent["event"]> = new Set([
  "pages",
  "outline",
  "started",
  "title",
  "segment",
  "overview",
  "point",
  "section",
  "figure",
  "picture",
  "done",
  "error",
  "alive",
]);

/** Version of the wire that this extension speaks. */
export const WIRE = 1;
