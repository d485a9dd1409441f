import { browser } from "wxt/browser";
import type { ContentScriptContext } from "wxt/utils/content-script-context";
import { defineContentScript } from "wxt/utils/define-content-script";
import type { BackgroundToTab, SidePanelToContent } from "../../shared/messages";
import { htmlPaper, listPage, readPage, readSelection, whenParsed, whenPlaceable } from "../../page";
import { AbstractController } from "./abstract/AbstractController";
import { openGlossPort } from "./gloss-port";
import { HtmlController } from "./html/HtmlController";
import { ListController } from "./list/ListController";
import { publishedSettings } from "./published-settings";
import { SelectionController } from "./selection/SelectionController";
import { Session } from "./session";
import { settingsHere } from "./site";
import "./page.css";
import "./html.css";

export default defineContentScript({
  // Spelled out, because the manifest is made from this file: abstracts, papers and lists of shared/origins.ts.
  matches: ["abs", "html", "list", "catchup", "a", "search"].flatMap((path) => [
    `https://arxiv.org/${path}/*`,
    `https://www.arxiv.org/${path}/*`,
    `https://export.arxiv.org/${path}/*`,
    `https://browse.arxiv.org/${path}/*`,
  ]),
  runAt: "document_start",
  async main(ctx) {
    const session = new Session(openGlossPort(ctx), ctx, publishedSettings(), settingsHere);
    await whenPlaceable(document);
    const controller = await mount(ctx, session);
    if (!controller) session.close();
    obeyBackground(controller, session, ctx);
  },
});

interface Controller {
  /** The reader asked for it from outside of the page. */
  gloss: () => void;
}

/** What the reader asks for by popup, key or menu. */
function obeyBackground(controller: Controller | null, session: Session, ctx: ContentScriptContext): void {
  let card: SelectionController | null = null;
  browser.runtime.onMessage.addListener(
    (message: BackgroundToTab | SidePanelToContent, sender, respond: (done: true) => void) => {
      if (sender.id !== browser.runtime.id) return false;
      if (message.type === "background-to-tab/gloss" && controller) controller.gloss();
      else if (message.type === "background-to-tab/selection") {
        card?.close();
        const selected = readSelection(document, new URL(location.href));
        card = selected && new SelectionController(selected, session.settings, ctx);
      } else return false;
      respond(true);
      return false;
    },
  );
}

/** What stands on this page for us; null when there is nothing. */
async function mount(ctx: ContentScriptContext, session: Session): Promise<Controller | null> {
  const url = new URL(location.href);
  const page = readPage(document, url, ctx.signal);
  if (page) return new AbstractController(page, session);
  await whenParsed(document);
  const paper = htmlPaper(document, url, ctx.signal);
  if (paper) return new HtmlController(paper, session);
  const list = listPage(document);
  return list && new ListController(list, session, ctx);
}
