/** A list of papers: a bar above it, and at each entry its gloss. */
import type { ListPage } from "../../../page";
import {
  initialList,
  isFolded,
  listToMarkdown,
  nextEntries,
  passes,
  presence,
  reduceList,
  step,
  withoutGlosses,
  wordsOfFilter,
  type EntryActions,
  type ListActions,
  type ListEvent,
  type ListState,
} from "../../../panel";
import { EXTENSION_RELOADED } from "../../../shared/failure";
import type { ListParts } from "../../../shared/messages";
import type { Keys, PageSettings } from "../../../shared/settings";
import type { Lifetime } from "../gloss-port";
import { SavedOnPage } from "../saved";
import { isOffHere } from "../site";
import { givesOtherGlosses, type PageMessage, type Session } from "../session";
import { isOthers, keyNameOf } from "./keys";
import { ListView } from "./ListView";
import { TriageOnPage } from "./triage";
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
  private readonly texts = new Map<number, string[]>();
  private readonly saved: SavedOnPage;
  private readonly triage: TriageOnPage;
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
      folds: () => this.folds,
      onVisible: () => this.ask(),
      onPassed: (index) => this.triage.see(index),
      list: this.listActions(),
      entry: (index) => this.entryActions(index),
    });
    const ids = page.entries.map(({ id }) => id);
    this.triage = new TriageOnPage(ids, session, (known) => this.dispatch({ type: "known", ...known }));
    this.listen();
    this.view.drawAll();
  }

  /** Asked for from outside of the page. */
  gloss(): void {
    this.pause(false);
  }

  /** Abstracts are folded for their glosses: where none can come, they stay. */
  private get folds(): boolean {
    const { isKnown, settings } = this.session;
    return isKnown && settings.automatic && settings.foldAbstracts && !this.state.failure;
  }

  private listActions(): ListActions {
    const { session } = this;
    return {
      pause: (paused) => this.pause(paused),
      retry: () => this.resume(),
      retryAll: () => {
        this.dispatch({ type: "retry" });
        this.ask();
      },
      fold: (folded) => session.send({ type: "content-to-background/fold-abstracts", folded }),
      showHidden: (shown) => this.set({ showsHidden: shown }),
      showSeen: (shown) => {
        this.set({ showsSeen: shown });
        this.ask();
      },
      filter: (text) => this.filter(text),
      help: (shown) => this.set({ help: shown }),
      copy: () => navigator.clipboard.writeText(this.markdown()),
      openOptions: () => session.send({ type: "content-to-background/options" }),
      openSaved: () => session.send({ type: "content-to-background/saved-page" }),
    };
  }

  private entryActions(index: number): EntryActions {
    const showAbstract = (shown: boolean): void => this.dispatch({ type: "abstract", entry: index, shown });
    return {
      open: () => this.toggle(index),
      hide: (hidden) => this.hide(index, hidden),
      save: () => this.save(index),
      showAbstract: this.page.entries[index]!.abstract === null ? null : showAbstract,
    };
  }

  private listen(): void {
    const { session, page } = this;
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
    page.entries.forEach((entry, index) =>
      entry.watchFound(() => this.dispatch({ type: "abstract", entry: index, shown: true }), session.signal),
    );
  }

  private dispatch(event: ListEvent): void {
    const before = this.state;
    this.state = reduceList(before, event);
    this.session.keepAlive(this.request !== null);
    this.view.drawChanges(before, this.state);
  }

  private set(change: Extract<ListEvent, { type: "set" }>["change"]): void {
    this.dispatch({ type: "set", change });
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
    if (this.saved.take(message) || this.triage.take(message)) return;
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
    this.set({ paused });
    this.view.drawAll();
    this.ask();
  }

  private adopt(settings: PageSettings, before: PageSettings | null): void {
    if (before && givesOtherGlosses(settings, before)) this.state = withoutGlosses(this.state);
    this.view.drawAll();
    this.ask();
  }

  private toggle(index: number): void {
    const kept = this.opened.get(index);
    if (kept) {
      kept.close();
      this.opened.delete(index);
    } else {
      const close = (): void => this.toggle(index);
      this.opened.set(index, openEntry(this.page.entries[index]!, this.session.settings, this.lifetime, close));
    }
    this.dispatch({ type: "open", entry: index });
  }

  private hide(index: number, hidden: boolean): void {
    if (hidden && this.opened.has(index)) this.toggle(index);
    this.dispatch({ type: "hide", entry: index, hidden });
    this.triage.hide(index, hidden);
    this.ask();
  }

  private undo(): void {
    const last = this.state.undoable.at(-1);
    if (last === undefined) return;
    this.hide(last, false);
    this.set({ current: last });
    this.view.scrollTo(last);
  }

  private save(index: number): void {
    const { id, title, authors, abstract } = this.page.entries[index]!;
    this.saved.toggle({ id, title, authors, abstract });
  }

  private filter(text: string): void {
    const words = wordsOfFilter(text);
    this.dispatch({
      type: "filter",
      text,
      passes: (index) => words.length === 0 || passes(this.textsOf(index), words),
    });
    this.ask();
  }

  /** Everything of an entry in which a filter looks; the page's part of it is read once. */
  private textsOf(index: number): string[] {
    const { id, title, authors, abstract } = this.page.entries[index]!;
    const own = this.texts.get(index) ?? [id, title, authors.join(", "), abstract ?? ""];
    this.texts.set(index, own);
    const gloss = this.state.entries[index]!;
    return [...own, gloss.title?.text ?? "", gloss.gist?.text ?? ""];
  }

  /** The entries that are shown. */
  private markdown(): string {
    const shown = this.page.entries.flatMap(({ id, title, authors, isWithdrawn }, index) => {
      const gloss = this.state.entries[index]!;
      return presence(gloss, this.state) === "shown" ? [{ id, title, authors, isWithdrawn, gloss }] : [];
    });
    return listToMarkdown(document.title, shown, this.session.interface.words.list.withdrawn);
  }

  private go(by: 1 | -1): void {
    const index = step(this.state, by, this.view.firstInSight());
    if (index === null) return;
    this.set({ current: index });
    this.triage.see(index);
    this.view.scrollTo(index);
  }

  private onKey(event: KeyboardEvent): void {
    if (isOthers(event) || isOffHere(this.session.settings)) return;
    const name = keyNameOf(event, this.session.settings.keys);
    if (event.key === "Escape" && this.state.help) this.set({ help: false });
    if (name === null || name === "translate") return;
    event.preventDefault();
    this.obey(name);
  }

  private obey(name: Exclude<keyof Keys, "translate">): void {
    if (name === "next") return this.go(1);
    if (name === "previous") return this.go(-1);
    if (name === "undo") return this.undo();
    if (name === "help") return this.set({ help: !this.state.help });
    const { current, entries } = this.state;
    if (current === null || presence(entries[current]!, this.state) === "gone") return;
    this.obeyOn(current, name);
  }

  private obeyOn(index: number, name: Exclude<keyof Keys, "next" | "previous" | "undo" | "help" | "translate">): void {
    const entry = this.state.entries[index]!;
    const { open, hide, save, showAbstract } = this.entryActions(index);
    if (name === "hide") hide(entry.hidden !== "now");
    else if (entry.hidden === "now") return;
    else if (name === "open") open();
    else if (name === "save") save();
    else showAbstract?.(isFolded(entry, this.folds));
  }
}
