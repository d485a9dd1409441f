/** An HTML paper: a bar that offers its gloss and its translation in place, and answers to those who ask the page. */
import { render } from "preact";
import { browser } from "wxt/browser";
import { bilingualFile } from "../../../bilingual";
import type { HtmlPaper } from "../../../page";
import { FrameContext, initialState, PaperBar, type PaperBarActions } from "../../../panel";
import { langOfTarget } from "../../../shared/language";
import type { BilingualAnswer, BilingualToTab, ContentAnswers, SidePanelToContent } from "../../../shared/messages";
import type { Layout, PageSettings } from "../../../shared/settings";
import { isOthers, keyNameOf } from "../list/keys";
import { hostWith, type Root } from "../root";
import { givesOtherGlosses, type PageMessage, type Session } from "../session";
import { isOffHere } from "../site";
import { Translator } from "./Translator";

type Answer = ContentAnswers[SidePanelToContent["type"]];

export class HtmlController {
  private readonly bar: Root = hostWith("arxiv-gloss-list-bar");
  private readonly translator: Translator;
  private theme: "light" | "dark" = "light";

  constructor(
    private readonly paper: HtmlPaper,
    private readonly session: Session,
  ) {
    this.translator = new Translator(paper, session, () => this.draw());
    paper.place(this.bar.host);
    session.listen({
      onSettings: (settings, before) => this.adopt(settings, before),
      onMessage: (message: PageMessage) => this.translator.take(message),
      onBreak: (mayAskAgain) => mayAskAgain && this.translator.resume(),
      onEnd: (failure) => {
        this.translator.switchOn(false);
        this.translator.fail(failure);
        this.bar.host.remove();
      },
      onReturn: () => this.translator.failure && this.translator.resume(),
    });
    paper.watchTheme((theme) => {
      this.theme = theme;
      this.draw();
    });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal: session.signal });
    this.answerOthers();
  }

  /** The reader asked for it from outside of the page. */
  gloss(): void {
    this.toggle();
  }

  private adopt(settings: PageSettings, before: PageSettings | null): void {
    if (isOffHere(settings)) this.translator.switchOn(false);
    if (before && givesOtherGlosses(settings, before)) this.translator.renew();
    else this.translator.restyle();
    this.draw();
  }

  private readonly actions: PaperBarActions = {
    gloss: () => this.session.send({ type: "content-to-background/pdf", id: this.paper.id, html: true }),
    toggle: () => this.toggle(),
    setLayout: (layout) => this.setLayout(layout),
    retry: () => this.translator.resume(),
    openOptions: () => this.session.send({ type: "content-to-background/options" }),
    saveMarkdown: () => void this.save("md"),
    saveHtml: () => void this.save("html"),
  };

  private toggle(on = this.translator.bilingual === null): boolean {
    const { settings } = this.session;
    this.translator.switchOn(on && settings.target !== "en" && !isOffHere(settings));
    return this.translator.bilingual !== null;
  }

  /** Shown at once; kept by the background, which tells all pages. */
  private setLayout(layout: Layout): void {
    this.session.settings = { ...this.session.settings, layout };
    this.session.send({ type: "content-to-background/layout", layout });
    this.translator.restyle();
    this.draw();
  }

  private async save(form: "md" | "html"): Promise<void> {
    const { bilingual } = this.translator;
    if (!bilingual) return;
    const targetLang = langOfTarget(this.session.settings.target);
    const { name, type, content } = await bilingualFile(this.paper, bilingual, form, targetLang);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  private onKey(event: KeyboardEvent): void {
    if (isOthers(event) || keyNameOf(event, this.session.settings.keys) !== "translate") return;
    event.preventDefault();
    this.toggle();
  }

  private draw(): void {
    const { settings, interface: spoken } = this.session;
    const { words, lang } = spoken;
    const { bilingual, failure } = this.translator;
    const frame = {
      state: initialState({ id: this.paper.id, title: null, abstract: "" }),
      dispatch: () => undefined,
      words,
      program: settings.program,
      targetLang: langOfTarget(settings.target),
      typeset: null,
    };
    const bar = {
      on: bilingual !== null,
      layout: settings.layout,
      ready: bilingual?.ready ?? 0,
      all: bilingual?.all ?? 0,
      failure,
      noTarget: settings.target === "en",
      key: settings.keys.translate,
    };
    render(
      <FrameContext.Provider value={frame}>
        <section class="panel listed" lang={lang} data-theme={this.theme} aria-label={words.panel}>
          <PaperBar bar={bar} actions={this.actions} />
        </section>
      </FrameContext.Provider>,
      this.bar.container,
    );
  }

  private answerOthers(): void {
    const listen = (
      message: SidePanelToContent | BilingualToTab,
      sender: { id?: string },
      respond: Respond,
    ): boolean => {
      // No page can speak to a content script, and of the extension only its side panel and its background ask these.
      if (sender.id !== browser.runtime.id) return false;
      if (message.type === "background-to-tab/bilingual") {
        const answer: BilingualAnswer = { on: this.toggle(message.on) };
        respond(answer);
        return false;
      }
      if (!message.type.startsWith("side-panel-to-content/")) return false;
      void this.answer(message).then(respond);
      return true; // the answer comes later
    };
    browser.runtime.onMessage.addListener(listen);
  }

  private async answer(message: SidePanelToContent): Promise<Answer> {
    switch (message.type) {
      case "side-panel-to-content/html":
        return this.paper.readHtml();
      case "side-panel-to-content/picture":
        return this.paper.readPicture(message.addresses);
      case "side-panel-to-content/show":
        this.paper.show(message.anchor);
        return null;
    }
  }
}

type Respond = (answer: unknown) => void;
