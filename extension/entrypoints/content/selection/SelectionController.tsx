/** The passage that the reader has selected, translated in a card near it. */
import { render } from "preact";
import type { SelectedText } from "../../../page";
import {
  highlightedSegments,
  initialState,
  reduce,
  SelectionCard,
  type Explanation,
  type PanelEvent,
  type PanelState,
} from "../../../panel";
import { expansionsIn } from "../../../shared/acronyms";
import { langOfTarget } from "../../../shared/language";
import type { PageSettings } from "../../../shared/settings";
import type { Event as GlossEvent } from "../../../shared/wire";
import { openGlossPort, type Lifetime } from "../gloss-port";
import { hostWith, type Root } from "../root";
import { Session, type PageMessage } from "../session";
import { LazyTypesetter } from "../typesetter";

/** More short forms than these are a list, not a passage. */
const MAX_EXPLAINED = 4;
const GAP = 8;

export class SelectionController {
  private readonly root: Root = hostWith("arxiv-gloss-card");
  private readonly closing = new AbortController();
  private readonly session: Session;
  private readonly typesetter = new LazyTypesetter(() => this.draw());
  private readonly original: ReturnType<SelectedText["original"]>;
  private readonly focusedBefore = document.activeElement;
  private explanations: Explanation[];
  private state: PanelState;

  constructor(
    private readonly selected: SelectedText,
    settings: PageSettings,
    outer: Lifetime,
  ) {
    const signal = AbortSignal.any([outer.signal, this.closing.signal]);
    const lifetime: Lifetime = {
      signal,
      get isInvalid() {
        return outer.isInvalid;
      },
    };
    this.session = new Session(openGlossPort(lifetime), lifetime, Promise.resolve(settings));
    this.original = selected.original(signal);
    const short = expansionsIn(selected.text, selected.around).slice(0, MAX_EXPLAINED);
    this.explanations = short.map((expansion) => ({ ...expansion, translation: null }));
    this.state = initialState({ id: null, title: null, abstract: selected.text });
    this.typesetter.wantFor(selected.text);
    this.place();
    this.listen(signal);
  }

  close(): void {
    const hadFocus = this.root.host.matches(":focus-within") || document.activeElement === this.root.host;
    this.closing.abort();
    this.root.host.remove();
    if (hadFocus && this.focusedBefore instanceof HTMLElement) this.focusedBefore.focus();
  }

  private listen(signal: AbortSignal): void {
    this.session.listen({
      onSettings: (_settings, before) => (before === null ? this.ask() : this.draw()),
      onMessage: (message) => this.receive(message),
      onBreak: (mayAskAgain) => mayAskAgain && this.state.phase === "working" && this.ask(),
      onEnd: (failure) => this.dispatch({ type: "failed", failure }),
      onReturn: () => undefined,
    });
    const isOutside = (event: Event): boolean => !event.composedPath().includes(this.root.host);
    document.addEventListener("pointerdown", (event) => isOutside(event) && this.close(), { signal });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
    signal.addEventListener("abort", () => this.root.host.remove());
  }

  /** Below the selection, inside of the window's width. */
  private place(): void {
    const { host, container } = this.root;
    document.body.append(host);
    this.draw();
    const { left, bottom } = this.selected.place;
    const width = host.getBoundingClientRect().width;
    const most = window.scrollX + document.documentElement.clientWidth - width - GAP;
    host.style.left = `${Math.max(GAP, Math.min(left, most))}px`;
    host.style.top = `${bottom + GAP}px`;
    container.querySelector<HTMLElement>("section")?.focus({ preventScroll: true });
  }

  private ask(): void {
    const { text, paper } = this.selected;
    this.dispatch({ type: "asked", paper: this.state.paper, again: true });
    this.session.send({
      type: "content-to-background/paragraphs",
      paper,
      batch: 0,
      paragraphs: [
        { text, kind: isPhrase(text) ? "heading" : "paragraph" },
        ...this.explanations.map(({ long }) => ({ text: long, kind: "heading" as const })),
      ],
    });
  }

  private receive(message: PageMessage): void {
    if (message.type === "background-to-content/failed") this.dispatch({ type: "failed", failure: message.failure });
    if (message.type !== "background-to-content/paragraph") return;
    const { paragraph, event } = message.event;
    if (paragraph === 0) this.dispatch({ type: "wire", event });
    else this.explain(paragraph - 1, event);
  }

  private explain(index: number, event: GlossEvent): void {
    if (event.event !== "segment") return;
    const translation = { text: event.text, flags: event.flags };
    this.explanations = this.explanations.map((one, at) => (at === index ? { ...one, translation } : one));
    this.draw();
  }

  private readonly dispatch = (event: PanelEvent): void => {
    this.state = reduce(this.state, event);
    this.session.keepAlive(this.state.phase === "working");
    const lit = highlightedSegments(this.state);
    this.original.highlight(this.state.sentences.filter(({ index }) => lit.includes(index)).map(({ span }) => span));
    this.draw();
  };

  private draw(): void {
    const { settings, interface: spoken } = this.session;
    const { words, lang } = spoken;
    const frame = {
      state: this.state,
      dispatch: this.dispatch,
      words: { ...words, failures: { ...words.failures, ...words.selection.failures } },
      program: settings.program,
      targetLang: langOfTarget(settings.target),
      typeset: this.typesetter.typeset,
    };
    render(
      <SelectionCard
        frame={frame}
        lang={lang}
        theme={settings.theme}
        explanations={this.explanations}
        onRetry={() => this.ask()}
        onOptions={() => this.session.send({ type: "content-to-background/options" })}
        onClose={() => this.close()}
      />,
      this.root.container,
    );
  }
}

/** A few words without a stop: a term or a name, which reads as a heading does. */
const isPhrase = (text: string): boolean => text.split(/\s+/).length <= 6 && !/[.!?:;]\s*$/.test(text);
