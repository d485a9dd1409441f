/** What is drawn on the page of a list: the bar, and each entry's title and gloss in roots of their own. */
import { render, type ComponentChildren } from "preact";
import { groundOf, type ListEntry, type ListPage } from "../../../page";
import {
  EntryGloss,
  EntryTitle,
  FrameContext,
  initialState,
  isFolded,
  ListBar,
  presence,
  type EntryActions,
  type EntryState,
  type Frame,
  type ListActions,
  type ListState,
} from "../../../panel";
import { langOfTarget } from "../../../shared/language";
import { hostWith, LazyRoot, type Root } from "../root";
import type { Session } from "../session";
import { LazyTypesetter } from "../typesetter";
import { timeSlices } from "./time-slices";
import { watchVisibility, type Visibility } from "./visibility";

export interface ListModel {
  state: () => ListState;
  isSaved: (index: number) => boolean;
  /** Whether abstracts are folded that the reader did not ask for. */
  folds: () => boolean;
  /** Other entries are on the screen now. */
  onVisible: () => void;
  /** The reader has scrolled past an entry. */
  onPassed: (index: number) => void;
  list: ListActions;
  entry: (index: number) => EntryActions;
}

export class ListView {
  private readonly bar: Root = hostWith("arxiv-gloss-list-bar");
  private readonly roots: readonly { title: LazyRoot; gloss: LazyRoot }[];
  private readonly visibility: Visibility;
  private readonly slices = timeSlices();
  private ground = groundOf(document);
  private readonly typesetter = new LazyTypesetter(() => this.drawAll());

  constructor(
    private readonly page: ListPage,
    private readonly session: Session,
    private readonly model: ListModel,
  ) {
    page.place(this.bar.host);
    this.visibility = watchVisibility(
      (index) => this.drawFirst(index),
      (index) => model.onPassed(index),
      () => model.onVisible(),
      session.signal,
    );
    this.roots = page.entries.map((entry, index) => this.placeRoots(entry, index));
  }

  readonly isNear = (index: number): boolean => this.visibility.isNear(index);

  scrollTo(index: number): void {
    this.page.entries[index]!.elements[0]!.scrollIntoView({ block: "start", behavior: "instant" });
  }

  /** The first entry that begins below the bar, or nearly: the one that is being looked at. */
  firstInSight(): number {
    const top = this.bar.host.getBoundingClientRect().bottom;
    const found = this.page.entries.findIndex(({ elements }, index) => {
      if (presence(this.model.state().entries[index]!, this.model.state()) === "gone") return false;
      return elements.at(-1)!.getBoundingClientRect().bottom > Math.max(top, 0) + 1;
    });
    return Math.max(found, 0);
  }

  drawAll(): void {
    this.ground = groundOf(document);
    this.drawBar();
    this.showAndFold();
    const drawn = [...this.roots.keys()].filter((index) => this.roots[index]!.gloss.isDrawn || this.isNear(index));
    this.slices.run(drawn.length, (position) => this.drawEntry(drawn[position]!));
  }

  drawChanges(before: ListState, now: ListState): void {
    this.drawBar();
    const { showsHidden, showsSeen, failure } = before;
    if (now.showsHidden !== showsHidden || now.showsSeen !== showsSeen || now.failure !== failure) this.showAndFold();
    now.entries.forEach((entry, index) => {
      const hasMoved = (now.current === index) !== (before.current === index);
      const was = before.entries[index]!;
      if (entry === was && !hasMoved) return;
      this.showOrFold(index);
      if (hasMoved || looksOther(entry, was)) this.drawEntry(index);
    });
  }

  /** An entry is drawn when it comes near the screen. */
  private drawFirst(index: number): void {
    if (!this.roots[index]!.gloss.isDrawn) this.drawEntry(index);
  }

  /** Every entry at once, with what is being read left where it is. */
  private showAndFold(): void {
    const { entries } = this.page;
    const anchor = window.scrollY > 0 ? entries[this.firstInSight()]!.elements[0]! : null;
    const before = anchor?.getBoundingClientRect().top ?? 0;
    entries.forEach((_, index) => this.showOrFold(index));
    if (anchor) window.scrollBy(0, anchor.getBoundingClientRect().top - before);
  }

  private showOrFold(index: number): void {
    const state = this.model.state();
    const entry = state.entries[index]!;
    const shown = presence(entry, state);
    for (const { classList } of this.page.entries[index]!.elements) {
      classList.toggle("arxiv-gloss-gone", shown === "gone");
      classList.toggle("arxiv-gloss-hidden", shown === "line");
    }
    this.page.entries[index]!.foldAbstract(isFolded(entry, this.model.folds()));
  }

  private drawBar(): void {
    const { settings, interface: spoken } = this.session;
    const { words, lang } = spoken;
    this.bar.host.dataset.theme = settings.theme;
    this.drawInto(
      this.bar,
      <section class="panel listed" lang={lang} data-theme={settings.theme} aria-label={words.list.name}>
        <ListBar
          list={this.model.state()}
          isIdle={!settings.automatic}
          folds={this.model.folds()}
          keys={settings.keys}
          actions={this.model.list}
        />
      </section>,
    );
  }

  private drawEntry(index: number): void {
    const { title, abstract } = this.page.entries[index]!;
    this.typesetter.wantFor(title, abstract);
    const { interface: spoken } = this.session;
    const { current, entries } = this.model.state();
    const entry = entries[index]!;
    this.drawTitle(index, entry);
    this.drawInto(
      this.roots[index]!.gloss.root,
      <div class="panel listed woven" lang={spoken.lang} data-theme={this.ground} data-current={current === index}>
        <EntryGloss
          entry={entry}
          title={title}
          saved={this.model.isSaved(index)}
          isFolded={isFolded(entry, this.model.folds())}
          actions={this.model.entry(index)}
        />
      </div>,
    );
  }

  private drawTitle(index: number, entry: EntryState): void {
    const { isWithdrawn } = this.page.entries[index]!;
    const { title } = this.roots[index]!;
    if (entry.title === null && !isWithdrawn && !title.isDrawn) return;
    this.drawInto(
      title.root,
      <div class="panel listed woven" lang={this.session.interface.lang} data-theme={this.ground}>
        <EntryTitle entry={entry} isWithdrawn={isWithdrawn} />
      </div>,
    );
  }

  private drawInto(root: Root, children: ComponentChildren): void {
    render(<FrameContext.Provider value={this.frame()}>{children}</FrameContext.Provider>, root.container);
  }

  private frame(): Frame {
    const { settings, interface: spoken } = this.session;
    return {
      state: initialState({ id: null, title: null, abstract: "" }),
      dispatch: () => undefined,
      words: spoken.words,
      program: settings.program,
      targetLang: langOfTarget(settings.target),
      typeset: this.typesetter.typeset,
    };
  }

  /** The room is held from the beginning. */
  private placeRoots(entry: ListEntry, index: number): { title: LazyRoot; gloss: LazyRoot } {
    const title = new LazyRoot("arxiv-gloss-title");
    const gloss = new LazyRoot("arxiv-gloss-entry");
    entry.placeTitle(title.host);
    entry.place(gloss.host);
    this.visibility.watch(gloss.host, index);
    return { title, gloss };
  }
}

/** Whether an entry is to be drawn anew: what the filter does with it is seen on the page alone. */
function looksOther(entry: EntryState, before: EntryState): boolean {
  return (Object.keys(entry) as (keyof EntryState)[]).some((key) => key !== "filtered" && entry[key] !== before[key]);
}
