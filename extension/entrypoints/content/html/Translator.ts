/** Joins the paper in two languages with the background: what is to be asked, and what comes back. */
import { BilingualPaper } from "../../../bilingual";
import type { HtmlPaper, PaperBlock } from "../../../page";
import type { Failure } from "../../../shared/failure";
import { langOfTarget } from "../../../shared/language";
import { MAX_PARAGRAPHS } from "../../../shared/messages";
import type { PageMessage, Session } from "../session";
import { LazyTypesetter } from "../typesetter";

export class Translator {
  failure: Failure | null = null;
  private shown: BilingualPaper | null = null;
  private batch = 0;
  private readonly typesetter = new LazyTypesetter(() => this.restyle());

  constructor(
    private readonly paper: HtmlPaper,
    private readonly session: Session,
    private readonly onChange: () => void,
  ) {}

  /** What the paper is shown with; null while it is shown as it is. */
  get bilingual(): BilingualPaper | null {
    return this.shown;
  }

  switchOn(on: boolean): void {
    if (on === (this.shown !== null)) return;
    this.failure = null;
    if (this.shown) {
      this.shown.remove();
      this.shown = null;
      this.session.send({ type: "content-to-background/stop" });
      this.session.keepAlive(false);
    } else {
      this.shown = new BilingualPaper(this.paper, this.style, {
        ask: (blocks) => this.ask(blocks),
        onProgress: this.onChange,
      });
    }
    this.onChange();
  }

  restyle(): void {
    this.shown?.setStyle(this.style);
  }

  /** Translations are other ones now. */
  renew(): void {
    this.restyle();
    this.shown?.renew();
  }

  /** Ask again for what is missing. */
  resume(): void {
    this.failure = null;
    this.shown?.drop();
    this.shown?.ask();
    this.onChange();
  }

  fail(failure: Failure): void {
    if (!this.shown) return;
    this.failure = failure;
    this.shown.drop();
    this.session.keepAlive(false);
    this.onChange();
  }

  take(message: PageMessage): void {
    if (message.type === "background-to-content/failed") this.fail(message.failure);
    if (!("batch" in message) || message.batch !== this.batch || !this.shown) return;
    if (message.type === "background-to-content/paragraph") {
      const { paragraph, event } = message.event;
      if (event.event === "segment") this.typesetter.wantFor(event.text);
      this.shown.take(paragraph, event);
    } else {
      this.session.keepAlive(false);
      this.shown.drop();
      this.shown.ask();
    }
  }

  private ask(blocks: readonly PaperBlock[]): void {
    const paragraphs = blocks.slice(0, MAX_PARAGRAPHS).map(({ kind, text }) => ({
      text: text.text,
      kind: kind === "heading" ? ("heading" as const) : ("paragraph" as const),
    }));
    const { paper } = this;
    const about = { title: paper.readTitle(), abstract: paper.readAbstract(), categories: paper.readCategories() };
    this.batch++;
    this.session.keepAlive(true);
    this.session.send({ type: "content-to-background/paragraphs", paper: about, batch: this.batch, paragraphs });
  }

  private get style() {
    const { settings, interface: spoken } = this.session;
    return {
      words: spoken.words,
      targetLang: langOfTarget(settings.target),
      layout: settings.layout,
      typeset: this.typesetter.typeset,
    };
  }
}
