/** One open arXiv page: what it asks, and the events that go back to it. */
import { failureOf } from "../../client/errors";
import { forgetPaper, readSaved, savePaper } from "../../client/saved";
import { gloss } from "../../client/gloss";
import { glosses } from "../../client/glosses";
import { translateParagraphs } from "../../client/paragraphs";
import type { Fetch, Server } from "../../client/server";
import { askStatus, unpairedFailure } from "../../client/status";
import { askTriage } from "../../client/triage";
import { INTERRUPTED, NOT_PAIRED, type Failure } from "../../shared/failure";
import type { BackgroundToContent, ContentToBackground, ListedText, ListParts, PaperText } from "../../shared/messages";
import { pageSettingsOf, type Layout, type PageSettings, type Settings } from "../../shared/settings";
import type { ParagraphText, SavedPaper, TriageChange } from "../../shared/wire";
import { readContentMessage } from "./content-message";

/** The background's end of a port. */
export interface PortEnd {
  postMessage: (message: BackgroundToContent) => void;
  onMessage: { addListener: (listener: (message: unknown) => void) => void };
  onDisconnect: { addListener: (listener: () => void) => void };
}

export interface BackgroundDeps {
  readServer: () => Promise<Server>;
  /** The server has refused this token: whether there is another now. */
  pairAgain: (refused: string) => Promise<boolean>;
  readSettings: () => Promise<Settings>;
  /** What the server says that its program is called. */
  keepProgram: (program: string | undefined) => void;
  /** What is known of the server now: what is in the way, or null. */
  tellReach: (failure: Failure | null) => void;
  collapse: (collapsed: boolean) => Promise<unknown>;
  foldAbstracts: (folded: boolean) => Promise<unknown>;
  keepLayout: (layout: Layout) => Promise<unknown>;
  openOptions: () => Promise<unknown>;
  openPaper: (id: string, html: boolean) => void;
  openSaved: () => Promise<unknown>;
  watchPageSettings: (listener: (settings: PageSettings) => void) => () => void;
  fetch?: Fetch;
  wait?: (milliseconds: number) => Promise<void>;
}

/** A server that was started again is back within a second or two; then asking again replays what was done. */
const WAITS_AFTER_INTERRUPTION = [300, 1500];

type Send = (server: Server, target: string, signal: AbortSignal) => Promise<void>;
type Asked<Type extends ContentToBackground["type"]> = ContentToBackground & { type: Type };
type Handlers = { [Type in ContentToBackground["type"]]: (message: Asked<Type>) => unknown };

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function serveGlossPort(port: PortEnd, deps: BackgroundDeps): void {
  new PageConnection(port, deps).open();
}

class PageConnection {
  private running: AbortController | null = null;
  private isOpen = true;
  /** With which the server was asked last. */
  private token = "";

  constructor(
    private readonly port: PortEnd,
    private readonly deps: BackgroundDeps,
  ) {}

  open(): void {
    const { port, deps } = this;
    const postSettings = (settings: PageSettings): void =>
      this.post({ type: "background-to-content/settings", settings });
    const stopWatching = deps.watchPageSettings(postSettings);
    port.onDisconnect.addListener(() => {
      this.isOpen = false;
      this.stop();
      stopWatching();
    });
    port.onMessage.addListener((raw) => {
      const message = readContentMessage(raw);
      if (message) this.obey(message);
    });
    void deps.readSettings().then((settings) => postSettings(pageSettingsOf(settings)));
  }

  private readonly handlers: Handlers = {
    "content-to-background/gloss": ({ paper }) => this.start((...given) => this.sendGloss(paper, ...given)),
    "content-to-background/list": ({ papers, parts }) =>
      this.start((...given) => this.sendList(papers, parts, ...given)),
    "content-to-background/paragraphs": (asked) => this.start((...given) => this.sendParagraphs(asked, ...given)),
    "content-to-background/stop": () => this.stop(),
    "content-to-background/layout": ({ layout }) => this.deps.keepLayout(layout),
    "content-to-background/ping": () => undefined, // that it arrived is what keeps the worker alive
    "content-to-background/collapse": ({ collapsed }) => this.deps.collapse(collapsed),
    "content-to-background/fold-abstracts": ({ folded }) => this.deps.foldAbstracts(folded),
    "content-to-background/options": () => this.deps.openOptions(),
    "content-to-background/pdf": ({ id, html }) => this.deps.openPaper(id, html),
    "content-to-background/saved-page": () => this.deps.openSaved(),
    "content-to-background/saved": () => this.sendSaved(),
    "content-to-background/triage": ({ ids }) => this.sendTriage(ids),
    "content-to-background/triaged": ({ changes }) => this.triage(changes),
    "content-to-background/save": ({ paper, keep }) => this.save(paper, keep),
  };

  private obey(message: ContentToBackground): void {
    const handle = this.handlers[message.type] as (message: ContentToBackground) => unknown;
    void handle(message);
  }

  private post(message: BackgroundToContent): void {
    if (this.isOpen) this.port.postMessage(message);
  }

  private stop(): void {
    this.running?.abort();
    this.running = null;
  }

  /** Do what the page asks now, instead of what it asked before. */
  private async start(send: Send): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.running = controller;
    try {
      await this.persist(send, controller.signal).catch(async (thrown: unknown) => {
        const isRefused = !controller.signal.aborted && failureOf(thrown).code === NOT_PAIRED;
        if (!isRefused || !(await this.deps.pairAgain(this.token))) throw thrown;
        await this.persist(send, controller.signal);
      });
    } catch (thrown) {
      if (!controller.signal.aborted) this.fail(failureOf(thrown));
    }
  }

  private async persist(send: Send, signal: AbortSignal): Promise<void> {
    const { deps } = this;
    const [server, settings] = await Promise.all([deps.readServer(), deps.readSettings()]);
    if (server.token === null) return this.fail(await unpairedFailure(server.origin, deps.fetch));
    this.token = server.token;
    for (const wait of [...WAITS_AFTER_INTERRUPTION, null]) {
      try {
        deps.keepProgram((await askStatus(server, signal, deps.fetch)).program);
        deps.tellReach(null);
        await send(server, settings.target, signal);
        return;
      } catch (thrown) {
        if (signal.aborted || wait === null || failureOf(thrown).code !== INTERRUPTED) throw thrown;
        await (deps.wait ?? sleep)(wait);
      }
    }
  }

  private async sendGloss(paper: PaperText, server: Server, target: string, signal: AbortSignal): Promise<void> {
    // A page without the abstract leaves it to the server, which asks arXiv.
    const request = { ...paper, abstract: paper.abstract || null, target };
    for await (const event of gloss(server, request, signal, this.deps.fetch)) {
      this.post({ type: "background-to-content/event", event });
    }
  }

  private async sendList(
    papers: readonly ListedText[],
    parts: ListParts,
    server: Server,
    target: string,
    signal: AbortSignal,
  ): Promise<void> {
    const [first, ...rest] = papers;
    if (!first) return;
    const request = { papers: [first, ...rest] as [ListedText, ...ListedText[]], parts, target };
    for await (const listed of glosses(server, request, signal, this.deps.fetch)) {
      this.post({ type: "background-to-content/listed", listed });
    }
    this.post({ type: "background-to-content/list-done" });
  }

  private async sendParagraphs(
    { paper, paragraphs, batch }: Asked<"content-to-background/paragraphs">,
    server: Server,
    target: string,
    signal: AbortSignal,
  ): Promise<void> {
    const [first, ...rest] = paragraphs;
    if (!first) return;
    const all: [ParagraphText, ...ParagraphText[]] = [first, ...rest];
    for await (const event of translateParagraphs(
      server,
      { ...paper, paragraphs: all, target },
      signal,
      this.deps.fetch,
    )) {
      this.post({ type: "background-to-content/paragraph", batch, event });
    }
    this.post({ type: "background-to-content/paragraphs-done", batch });
  }

  /** A page that only wants to know which papers are saved hears of failures by its gloss. */
  private async sendSaved(): Promise<void> {
    const server = await this.deps.readServer();
    if (server.token === null) return;
    await readSaved(server, this.deps.fetch).then(
      (papers) => this.postSaved(papers),
      () => undefined,
    );
  }

  private async save(paper: SavedPaper, keep: boolean): Promise<void> {
    const server = await this.deps.readServer();
    const saved = keep ? savePaper(server, paper, this.deps.fetch) : forgetPaper(server, paper.id, this.deps.fetch);
    await saved.then(
      (papers) => this.postSaved(papers),
      (thrown: unknown) => this.fail(failureOf(thrown)),
    );
  }

  /** As with saved papers: that the server is away is told by the gloss. */
  private async sendTriage(ids: string[]): Promise<void> {
    const server = await this.deps.readServer();
    if (server.token === null) return;
    await askTriage(server, { ids }, this.deps.fetch).then(
      (papers) => this.post({ type: "background-to-content/triage", papers }),
      () => undefined,
    );
  }

  /** That a paper was hidden must not be lost in silence; that it was seen may. */
  private async triage(changes: TriageChange[]): Promise<void> {
    const server = await this.deps.readServer();
    await askTriage(server, { changes }, this.deps.fetch).catch((thrown: unknown) => {
      if (changes.some(({ hidden }) => hidden !== undefined)) this.fail(failureOf(thrown));
    });
  }

  private postSaved(papers: readonly SavedPaper[]): void {
    this.post({ type: "background-to-content/saved", ids: papers.map(({ id }) => id) });
  }

  private fail(failure: Failure): void {
    this.deps.tellReach(failure);
    this.post({ type: "background-to-content/failed", failure });
  }
}
