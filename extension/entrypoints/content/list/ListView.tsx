/** What is drawn on the page of a list: the bar, and each entry's gloss in a root of its own. */
import { render, type ComponentChildren } from "preact";
import type { ListPage } from "../../../page";
import {
  EntryGloss,
  FrameContext,
  initialState,
  ListBar,
  type EntryActions,
  type Frame,
  type ListActions,
  type ListState,
} from "../../../panel";
import { langOfTarget } from "../../../shared/language";
import { hostWith, type Root } from "../root";
import type { Session } from "../session";
import { LazyTypesetter } from "../typesetter";
import { timeSlices } from "./time-slices";
import { watchVisibility, type Visibility } from "./visibility";

export interface ListModel {
  state: () => ListState;
  isSaved: (index: number) => boolean;
  /** Other entries are on the screen now. */
  onVisible: () => void;
  list: ListActions;
  entry: (index: number) => EntryActions;
}

export class ListView {
  private readonly bar: Root = hostWith("arxiv-gloss-list-bar");
  private readonly roots = new Map<number, Root>();
  private readonly visibility: Visibility;
  private readonly slices = timeSlices();
  private readonly typesetter = new LazyTypesetter(() => this.drawAll());

  constructor(
    private readonly page: ListPage,
    private readonly session: Session,
    private readonly model: ListModel,
  ) {
    page.place(this.bar.host);
    this.visibility = watchVisibility(() => model.onVisible(), session.signal);
  }

  readonly isNear = (index: number): boolean => this.visibility.isNear(index);

  hostOf(index: number): HTMLElement {
    return this.rootOf(index).host;
  }

  scrollTo(index: number): void {
    this.page.entries[index]!.elements[0]!.scrollIntoView({ block: "start", behavior: "instant" });
  }

  showHidden(index: number, hidden: boolean): void {
    for (const element of this.page.entries[index]!.elements) element.classList.toggle("arxiv-gloss-hidden", hidden);
  }

  drawAll(): void {
    this.drawBar();
    this.slices.run(this.page.entries.length, (index) => this.drawEntry(index));
  }

  drawChanges(before: ListState, now: ListState): void {
    this.drawBar();
    now.entries.forEach((entry, index) => {
      const hasMoved = (now.current === index) !== (before.current === index);
      if (entry !== before.entries[index] || hasMoved) this.drawEntry(index);
    });
  }

  private drawBar(): void {
    const { settings, interface: spoken } = this.session;
    const { words, lang } = spoken;
    const state = this.model.state();
    this.drawInto(
      this.bar,
      <section class="panel listed" lang={lang} data-theme={settings.theme} aria-label={words.panel}>
        <ListBar
          list={settings.automatic ? state : { ...state, paused: true }}
          keys={words.list.keys({ ...settings.keys })}
          actions={this.model.list}
        />
      </section>,
    );
  }

  private drawEntry(index: number): void {
    const { title, abstract } = this.page.entries[index]!;
    this.typesetter.wantFor(title, abstract);
    const { settings, interface: spoken } = this.session;
    const { current, entries } = this.model.state();
    this.drawInto(
      this.rootOf(index),
      <div class="panel listed" lang={spoken.lang} data-theme={settings.theme} data-current={current === index}>
        <EntryGloss entry={entries[index]!} saved={this.model.isSaved(index)} actions={this.model.entry(index)} />
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

  private rootOf(index: number): Root {
    const known = this.roots.get(index);
    if (known) return known;
    const made = hostWith("arxiv-gloss-entry");
    this.page.entries[index]!.place(made.host);
    this.visibility.watch(made.host, index);
    this.roots.set(index, made);
    return made;
  }
}
