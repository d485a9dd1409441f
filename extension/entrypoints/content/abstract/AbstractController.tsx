import { render } from "preact";
import { whenParsed, type PaperPage, type Placement } from "../../../page";
import {
  highlightedSegments,
  initialState,
  keySegments,
  Panel,
  reduce,
  type PanelActions,
  type PanelEvent,
  type PanelState,
} from "../../../panel";
import { NOT_PAIRED, SERVER_DOWN } from "../../../shared/failure";
import { langOfTarget } from "../../../shared/language";
import type { PageSettings } from "../../../shared/settings";
import { createRoot } from "../root";
import { SavedOnPage } from "../saved";
import { givesOtherGlosses, type PageMessage, type Session } from "../session";
import { LazyTypesetter } from "../typesetter";
import { remarksOn } from "./remarks";
import { whenRoomMayGo } from "./room";

/** What a reader cures elsewhere, in a terminal or on the options page. */
const CURABLE = new Set<string>([SERVER_DOWN, NOT_PAIRED, "not_allowed"]);

export interface AbstractOptions {
  /** What folding and unfolding does here; without it, it is kept for all pages. */
  onCollapse?: (collapsed: boolean) => void;
  /** The page shows the gloss's title elsewhere. */
  hidesTitle?: boolean;
}

/**
 * Puts the panel on the page, and keeps it, the page and the background in step.
 *
 * The page is painted before the settings are known: until then the panel stands there as most readers have it, open
 * and waiting, so that it need not push anything aside later. Nothing is asked yet.
 */
export class AbstractController {
  private readonly host: HTMLElement;
  private readonly container: HTMLElement;
  private readonly placement: Placement;
  private readonly saved: SavedOnPage | null;
  private readonly typesetter = new LazyTypesetter(() => this.draw());
  private state: PanelState;
  private isRoomFree = false;

  constructor(
    private readonly page: PaperPage,
    private readonly session: Session,
    private readonly options: AbstractOptions = {},
  ) {
    ({ host: this.host, container: this.container, placement: this.placement } = createRoot(page));
    this.state = initialState(page.readPaper());
    this.saved = page.readAuthors && new SavedOnPage(session, () => this.draw());
    if (this.isGlossedAtOnce) this.dispatch({ type: "asked", paper: page.readPaper(), again: true });
    this.listen();
    this.typesetter.wantFor(this.state.paper.title, this.state.paper.abstract);
  }

  /** Asked for from outside of the page: unfolded, glossed and in sight. */
  gloss(): void {
    if (this.state.phase === "idle" || this.state.phase === "failed") this.ask(false);
    this.session.send({ type: "content-to-background/collapse", collapsed: false });
    this.host.scrollIntoView({ block: "nearest" });
  }

  private listen(): void {
    this.session.listen({
      onSettings: (settings, before) => this.adopt(settings, before),
      onMessage: (message) => this.receive(message),
      onBreak: (mayAskAgain) => {
        if (this.state.phase === "working" && mayAskAgain) this.ask(false);
      },
      onEnd: (failure) => this.dispatch({ type: "failed", failure }),
      onReturn: () => {
        if (CURABLE.has(this.state.failure?.code ?? "") && !this.session.settings.collapsed) this.ask(false);
      },
    });
    this.page.original.watchPointer(
      () => this.state.sentences.map((sentence) => sentence.span),
      (index) => {
        const highlight = index === null ? null : { key: `segment-${index}`, segments: [index] };
        this.dispatch({ type: "point", highlight });
      },
    );
  }

  private readonly dispatch = (event: PanelEvent): void => {
    const before = this.state.phase;
    this.state = reduce(this.state, event);
    const { phase } = this.state;
    this.session.keepAlive(phase === "working");
    this.draw();
    this.paintOriginal();
    if (before === "working" && phase === "done") this.giveRoomBack();
  };

  private paintOriginal(): void {
    const { original } = this.page;
    const spansOf = (segments: readonly number[]) =>
      this.state.sentences.filter(({ index }) => segments.includes(index)).map(({ span }) => span);
    original.highlight(spansOf(highlightedSegments(this.state)));
    original.mark(spansOf(this.marksOriginal ? keySegments(this.state) : []));
  }

  private giveRoomBack(): void {
    whenRoomMayGo(this.host, this.session.signal, () => {
      this.isRoomFree = true;
      this.draw();
    });
  }

  /** Of a withdrawn paper the reader is told that first; its gloss is there for who asks. */
  private get isGlossedAtOnce(): boolean {
    return this.page.withdrawn !== "this";
  }

  /** Who reads English is shown the original's own sentences, where they stand. */
  private get marksOriginal(): boolean {
    return this.session.settings.target === "en" && this.page.original.canHighlight;
  }

  private ask(again: boolean): void {
    this.isRoomFree = false;
    this.dispatch({ type: "asked", paper: this.page.readPaper(), again });
    void whenParsed(document).then(() => {
      this.session.send({ type: "content-to-background/gloss", paper: this.page.readPaper() });
    });
  }

  private adopt(settings: PageSettings, before: PageSettings | null): void {
    const isIdle = this.state.phase === "idle";
    const isOther = before !== null && !isIdle && givesOtherGlosses(settings, before);
    const isWanted = settings.automatic && !settings.collapsed && (this.isGlossedAtOnce || isOther);
    if (before === null && !isWanted) this.state = initialState(this.page.readPaper());
    if (isWanted && (before === null || isIdle || isOther)) this.ask(true);
    else this.draw();
  }

  private receive(message: PageMessage): void {
    if (this.saved?.take(message)) return;
    if (message.type === "background-to-content/event") this.dispatch({ type: "wire", event: message.event });
    if (message.type === "background-to-content/failed") this.dispatch({ type: "failed", failure: message.failure });
  }

  private draw(): void {
    const { state, session, page } = this;
    const { settings } = session;
    const { words, lang } = session.interface;
    this.placement.setOpen(!settings.collapsed && state.phase !== "idle");
    render(
      <Panel
        frame={{
          state,
          dispatch: this.dispatch,
          words,
          program: settings.program,
          targetLang: langOfTarget(settings.target),
          typeset: this.typesetter.typeset,
        }}
        actions={this.actions()}
        lang={lang}
        theme={settings.theme}
        collapsed={settings.collapsed}
        remarks={remarksOn(page, words)}
        isRoomFree={this.isRoomFree}
        marksOriginal={this.marksOriginal}
        hidesTitle={this.options.hidesTitle ?? false}
      />,
      this.container,
    );
  }

  private actions(): PanelActions {
    const { session } = this;
    const { id } = this.state.paper;
    return {
      gloss: () => this.ask(false),
      glossAgain: () => this.ask(true),
      copy: (markdown) => navigator.clipboard.writeText(markdown),
      openPdf: id === null ? null : () => session.send({ type: "content-to-background/pdf", id, html: false }),
      save: this.saveAction(),
      openOptions: () => session.send({ type: "content-to-background/options" }),
      collapse:
        this.options.onCollapse ?? ((collapsed) => session.send({ type: "content-to-background/collapse", collapsed })),
    };
  }

  private saveAction(): PanelActions["save"] {
    const { saved, page } = this;
    const { id, title, abstract } = this.state.paper;
    if (!saved || !page.readAuthors || id === null || title === null) return null;
    const authors = page.readAuthors;
    return { saved: saved.has(id), toggle: () => saved.toggle({ id, title, abstract, authors: authors() }) };
  }
}
