/** A list of papers: a bar above it, and under each entry its gloss. */
import type { ListPage } from "../../../page";
import { initialList, nextEntries, reduceList, step, type ListEvent, type ListState } from "../../../panel";
import { EXTENSION_RELOADED } from "../../../shared/failure";
import type { ListParts } from "../../../shared/messages";
import type { Keys, PageSettings } from "../../../shared/settings";
import type { Lifetime } from "../gloss-port";
import { SavedOnPage } from "../saved";
import { isOffHere } from "../site";
import { givesOtherGlosses, type PageMessage, type Session } from "../session";
import { isTyping, keyNameOf } from "./keys";
import { ListView } from "./ListView";
import { openEntry, type OpenedEntry } from "./opened";

/** What was asked for and is not complete yet. */
interface Request {
  entries: readonly number[];
  parts: ListParts;
}

export class ListController {
  private state: ListState;
  private request: Request | null = null;
  private readonly opened = new Map<number, OpenedEntry>();
  private readonly saved: SavedOnPage;
  private readonly view: ListView;

  constructor(
    private readonly page: ListPage,
    private readonly session: Session,
    private readonly lifetime: Lifetime,
  ) {
    this.state = initialList(page.entries.length);
    this.saved = new SavedOnPage(session, () => this.view.drawAll());
    this.view = new ListView(page, session, {
      state: () => this.state,
      isSaved: (index) => this.saved.has(page.entries[index]!.id),
      onVisible: () => this.ask(),
      list: {
        pause: (paused) => this.pause(paused),
        retry: () => this.resume(),
        openOptions: () => session.send({ type: "content-to-background/options" }),
        openSaved: () => session.send({ type: "content-to-background/saved-page" }),
      },
      entry: (index) => ({
        open: () => this.toggle(index),
        hide: () => this.hide(index),
        save: () => this.save(index),
        retry: () => {
          this.dispatch({ type: "retry", entry: index });
          this.ask();
        },
      }),
    });
    this.listen();
    this.view.drawAll();
  }

  /** Asked for from outside of the page. */
  gloss(): void {
    this.pause(false);
  }

  private listen(): void {
    const { session } = this;
    session.listen({
      onSettings: (settings, before) => this.adopt(settings, before),
      onMessage: (message) => this.receive(message),
      onBreak: (mayAskAgain) => {
        this.request = null;
        this.dispatch({ type: "broken", failure: null });
        if (mayAskAgain) this.ask();
      },
      onEnd: (failure) => this.dispatch({ type: "broken", failure }),
      onReturn: () => {
        if (this.state.failure && this.state.failure.code !== EXTENSION_RELOADED) this.resume();
      },
    });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal: session.signal });
  }

  private dispatch(event: ListEvent): void {
    const before = this.state;
    this.state = reduceList(before, event);
    this.session.keepAlive(this.request !== null);
    this.view.drawChanges(before, this.state);
  }

  /** One request at a time: what is on the screen when it ends decides what comes next. */
  private ask(): void {
    const { state, session, page } = this;
    const mayAsk = session.isKnown && session.settings.automatic && !state.paused && !state.failure;
    if (this.request !== null || !mayAsk) return;
    const next = nextEntries(state, this.view.isNear);
    if (next.length === 0) return;
    // Titles of papers without an abstract need not wait until arXiv has been asked for it.
    const bare = next.filter((index) => page.entries[index]!.abstract === null && !state.entries[index]!.title);
    if (bare.length > 0) this.send({ entries: bare, parts: ["title"] });
    else this.send({ entries: next, parts: ["title", "gist"] });
  }

  private send(request: Request): void {
    this.request = request;
    this.dispatch({ type: "sent", entries: request.entries });
    const papers = request.entries.map((index) => {
      const { id, title, abstract, categories } = this.page.entries[index]!;
      return { id, title, abstract, categories };
    });
    this.session.send({ type: "content-to-background/list", papers, parts: request.parts });
  }

  private receive(message: PageMessage): void {
    if (this.saved.take(message)) return;
    if (message.type === "background-to-content/listed") {
      const { paper, event } = message.listed;
      const entry = this.request?.entries[paper];
      // A title alone is not the end of an entry.
      const isHalf = this.request?.parts.length === 1 && event.event === "done";
      if (entry !== undefined && !isHalf) this.dispatch({ type: "wire", entry, event });
    } else if (message.type === "background-to-content/list-done") {
      this.request = null;
      this.resume();
    } else if (message.type === "background-to-content/failed") {
      this.request = null;
      this.dispatch({ type: "broken", failure: message.failure });
    }
  }

  private resume(): void {
    this.dispatch({ type: "broken", failure: null });
    this.ask();
  }

  private pause(paused: boolean): void {
    this.session.settings = { ...this.session.settings, automatic: true };
    this.dispatch({ type: "pause", paused });
    this.ask();
  }

  private adopt(settings: PageSettings, before: PageSettings | null): void {
    if (before && givesOtherGlosses(settings, before)) this.state = initialList(this.page.entries.length);
    this.view.drawAll();
    this.ask();
  }

  private toggle(index: number): void {
    this.dispatch({ type: "toggle", entry: index, what: "open" });
    const kept = this.opened.get(index);
    if (kept) {
      kept.close();
      this.opened.delete(index);
      return;
    }
    const { settings } = this.session;
    const host = this.view.hostOf(index);
    const entry = this.page.entries[index]!;
    this.opened.set(
      index,
      openEntry(entry, host, settings, this.lifetime, () => this.toggle(index)),
    );
  }

  private hide(index: number): void {
    if (this.opened.has(index)) this.toggle(index);
    this.dispatch({ type: "toggle", entry: index, what: "hidden" });
    this.view.showHidden(index, this.state.entries[index]!.hidden);
    this.ask();
  }

  private save(index: number): void {
    const { id, title, authors, abstract } = this.page.entries[index]!;
    this.saved.toggle({ id, title, authors, abstract });
  }

  private go(by: 1 | -1): void {
    const index = step(this.state, by);
    if (index === null) return;
    this.dispatch({ type: "go", entry: index });
    this.view.scrollTo(index);
  }

  private onKey(event: KeyboardEvent): void {
    const name = isTyping(event) ? null : keyNameOf(event, this.session.settings.keys);
    if (name === null || isOffHere(this.session.settings)) return;
    event.preventDefault();
    this.obey(name);
  }

  private obey(name: keyof Keys): void {
    if (name === "next") return this.go(1);
    if (name === "previous") return this.go(-1);
    const { current } = this.state;
    if (current === null) return;
    if (name === "open") this.toggle(current);
    else if (name === "hide") this.hide(current);
    else this.save(current);
  }
}
