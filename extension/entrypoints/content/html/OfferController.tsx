/** An HTML paper: a bar that offers its gloss, and answers to the side panel that reads the page. */
import { render } from "preact";
import { browser } from "wxt/browser";
import type { HtmlPaper } from "../../../page";
import { FrameContext, initialState, Offer } from "../../../panel";
import { langOfTarget } from "../../../shared/language";
import type { ContentAnswers, SidePanelToContent } from "../../../shared/messages";
import { hostWith, type Root } from "../root";
import type { Session } from "../session";

type Answer = ContentAnswers[SidePanelToContent["type"]];

export class OfferController {
  private readonly bar: Root = hostWith("arxiv-gloss-list-bar");
  private theme: "light" | "dark" = "light";

  constructor(
    private readonly paper: HtmlPaper,
    private readonly session: Session,
  ) {
    paper.place(this.bar.host);
    session.listen({
      onSettings: () => this.draw(),
      onMessage: () => undefined,
      onBreak: () => undefined, // the next click wakes the worker
      onEnd: () => this.bar.host.remove(),
      onReturn: () => undefined,
    });
    paper.watchTheme((theme) => {
      this.theme = theme;
      this.draw();
    });
    this.answerSidePanel();
  }

  gloss(): void {
    this.session.send({ type: "content-to-background/pdf", id: this.paper.id, html: true });
  }

  private draw(): void {
    const { settings, interface: spoken } = this.session;
    const { words, lang } = spoken;
    const state = initialState({ id: this.paper.id, title: null, abstract: "" });
    const frame = {
      state,
      dispatch: () => undefined,
      words,
      program: settings.program,
      targetLang: langOfTarget(settings.target),
      typeset: null,
    };
    render(
      <FrameContext.Provider value={frame}>
        <section class="panel listed" lang={lang} data-theme={this.theme} aria-label={words.panel}>
          <Offer onGloss={() => this.gloss()} />
        </section>
      </FrameContext.Provider>,
      this.bar.container,
    );
  }

  private answerSidePanel(): void {
    browser.runtime.onMessage.addListener((message: SidePanelToContent, sender, respond: (answer: unknown) => void) => {
      // No page can speak to a content script, and of the extension only its side panel asks these.
      if (sender.id !== browser.runtime.id || !message.type.startsWith("side-panel-to-content/")) return false;
      void this.answer(message).then(respond);
      return true; // the answer comes later
    });
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
