/** An HTML paper: a bar that offers its gloss, and answers to the side panel that reads the page. */
import { render } from "preact";
import { browser } from "wxt/browser";
import type { HtmlPaper } from "../../page";
import { FrameContext, initialState, Offer } from "../../panel";
import type { ContentAnswers, ReaderToContent } from "../../shared/messages";
import { DEFAULTS, lookOf, type Look } from "../../shared/settings";
import { interfaceFor } from "../../shared/words";
import type { Line } from "./line";
import { hostWith } from "./root";

export function mountOffer(paper: HtmlPaper, stored: Promise<Look | null>, line: Line): void {
  const bar = hostWith("arxiv-gloss-list-bar");
  paper.place(bar.host);
  let look = lookOf(DEFAULTS);
  let theme: "light" | "dark" = "light";
  const draw = (): void => {
    const { words, lang } = interfaceFor(look.language, navigator.language);
    const state = initialState({ id: paper.id, title: null, abstract: "" });
    render(
      <FrameContext.Provider
        value={{ state, dispatch: () => undefined, words, targetLang: look.target, typeset: null }}
      >
        <section class="panel listed" lang={lang} data-theme={theme} aria-label={words.panel}>
          <Offer onGloss={() => line.send({ type: "content-to-background/pdf", id: paper.id, html: true })} />
        </section>
      </FrameContext.Provider>,
      bar.container,
    );
  };
  const adopt = (told: Look | null): void => {
    look = told ?? look;
    draw();
  };
  void stored.then(adopt);
  line.listen({
    onMessage: (message) => message.type === "background-to-content/look" && adopt(message.look),
    onBreak: () => undefined, // the next click wakes the worker
    onEnd: () => bar.host.remove(),
  });
  paper.watchTheme((now) => {
    theme = now;
    draw();
  });
  answerReader(paper);
}

function answerReader(paper: HtmlPaper): void {
  const answer = async (message: ReaderToContent): Promise<ContentAnswers[ReaderToContent["type"]]> => {
    switch (message.type) {
      case "reader-to-content/html":
        return paper.readHtml();
      case "reader-to-content/picture":
        return paper.readPicture(message.addresses);
      case "reader-to-content/show":
        paper.show(message.anchor);
        return null;
    }
  };
  browser.runtime.onMessage.addListener((message: ReaderToContent, sender, respond: (answer: unknown) => void) => {
    // No page can speak to a content script, and of the extension only its side panel asks these.
    if (sender.id !== browser.runtime.id || !message.type.startsWith("reader-to-content/")) return false;
    void answer(message).then(respond);
    return true; // the answer comes later
  });
}
