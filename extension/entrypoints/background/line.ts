/** One open arXiv page: what it asks, and the events that go back to it. */
import { failureOf } from "../../client/errors";
import { forgetPaper, readSaved, savePaper } from "../../client/saved";
import { gloss } from "../../client/gloss";
import { glosses } from "../../client/glosses";
import type { Fetch, Server } from "../../client/server";
import { askStatus } from "../../client/status";
import { INTERRUPTED, NOT_PAIRED, SERVER_DOWN, type Failure } from "../../shared/failure";
import {
  readContentMessage,
  type BackgroundToContent,
  type ListedText,
  type ListParts,
  type PaperText,
} from "../../shared/messages";
import { lookOf, type Look, type Settings } from "../../shared/settings";
import type { SavedPaper } from "../../shared/wire";

export interface LinePort {
  postMessage: (message: BackgroundToContent) => void;
  onMessage: { addListener: (listener: (message: unknown) => void) => void };
  onDisconnect: { addListener: (listener: () => void) => void };
}

export interface LineNeeds {
  readServer: () => Promise<Server>;
  readSettings: () => Promise<Settings>;
  collapse: (collapsed: boolean) => Promise<unknown>;
  openOptions: () => Promise<unknown>;
  openPaper: (id: string, html: boolean) => void;
  openSaved: () => Promise<unknown>;
  watchLook: (listener: (look: Look) => void) => () => void;
  fetch?: Fetch;
  wait?: (milliseconds: number) => Promise<void>;
}

/** A server that was started again is back within a second or two; then asking again replays what was done. */
const WAITS_AFTER_INTERRUPTION = [300, 1500];

type Sending = (server: Server, target: string, signal: AbortSignal) => Promise<void>;

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

export function serveLine(port: LinePort, needs: LineNeeds): void {
  let running: AbortController | null = null;
  let open = true;

  const post = (message: BackgroundToContent): void => {
    if (open) port.postMessage(message);
  };
  const stop = (): void => {
    running?.abort();
    running = null;
  };
  /** Do what the page asks now, instead of what it asked before. */
  const start = async (send: Sending): Promise<void> => {
    stop();
    const controller = new AbortController();
    running = controller;
    try {
      await persist(send, controller.signal);
    } catch (thrown) {
      if (!controller.signal.aborted) post({ type: "background-to-content/failed", failure: failureOf(thrown) });
    }
  };

  const persist = async (send: Sending, signal: AbortSignal): Promise<void> => {
    const [server, settings] = await Promise.all([needs.readServer(), needs.readSettings()]);
    if (server.token === null) {
      post({ type: "background-to-content/failed", failure: await unpairedFailure(server) });
      return;
    }
    for (const wait of [...WAITS_AFTER_INTERRUPTION, null]) {
      try {
        await askStatus(server, signal, needs.fetch);
        await send(server, settings.target, signal);
        return;
      } catch (thrown) {
        if (signal.aborted || wait === null || failureOf(thrown).code !== INTERRUPTED) throw thrown;
        await (needs.wait ?? sleep)(wait);
      }
    }
  };

  const sendGloss =
    (paper: PaperText): Sending =>
    async (server, target, signal) => {
      // A page without the abstract leaves it to the server, which asks arXiv.
      const request = { ...paper, abstract: paper.abstract || null, target };
      for await (const event of gloss(server, request, signal, needs.fetch)) {
        post({ type: "background-to-content/event", event });
      }
    };

  const sendList =
    (papers: ListedText[], parts: ListParts): Sending =>
    async (server, target, signal) => {
      const [first, ...rest] = papers;
      if (first) {
        for await (const listed of glosses(server, { papers: [first, ...rest], parts, target }, signal, needs.fetch)) {
          post({ type: "background-to-content/listed", listed });
        }
      }
      post({ type: "background-to-content/list-done" });
    };

  /** What the page asks of the saved papers; it runs beside the gloss. */
  const tellSaved = async (change: ((server: Server) => Promise<SavedPaper[]>) | null): Promise<void> => {
    const server = await needs.readServer();
    if (server.token === null && change === null) return;
    try {
      const papers = await (change ?? ((known) => readSaved(known, needs.fetch)))(server);
      post({ type: "background-to-content/saved", ids: papers.map(({ id }) => id) });
    } catch (thrown) {
      // A page that only wants to know which are saved is told of failures by its gloss.
      if (change !== null) post({ type: "background-to-content/failed", failure: failureOf(thrown) });
    }
  };

  /** Before there is a token nothing but pairing is answered; whether a server is there at all can still be told. */
  const unpairedFailure = async (server: Server): Promise<Failure> => {
    const failure = await askStatus(server, undefined, needs.fetch).then(() => null, failureOf);
    return failure?.code === SERVER_DOWN
      ? failure
      : { code: NOT_PAIRED, message: "This browser is not paired with the server yet." };
  };

  const stopWatching = needs.watchLook((look) => post({ type: "background-to-content/look", look }));
  port.onDisconnect.addListener(() => {
    open = false;
    stop();
    stopWatching();
  });
  port.onMessage.addListener((raw) => {
    const message = readContentMessage(raw);
    if (message?.type === "content-to-background/gloss") void start(sendGloss(message.paper));
    else if (message?.type === "content-to-background/list") void start(sendList(message.papers, message.parts));
    else if (message?.type === "content-to-background/collapse") void needs.collapse(message.collapsed);
    else if (message?.type === "content-to-background/options") void needs.openOptions();
    else if (message?.type === "content-to-background/pdf") needs.openPaper(message.id, message.html);
    else if (message?.type === "content-to-background/saved-page") void needs.openSaved();
    else if (message?.type === "content-to-background/saved") void tellSaved(null);
    else if (message?.type === "content-to-background/save") {
      const { paper, keep } = message;
      void tellSaved((server) =>
        keep ? savePaper(server, paper, needs.fetch) : forgetPaper(server, paper.id, needs.fetch),
      );
    }
    // A ping needs no answer: that it arrived is what keeps the worker alive.
  });
  void needs.readSettings().then((settings) => post({ type: "background-to-content/look", look: lookOf(settings) }));
}
