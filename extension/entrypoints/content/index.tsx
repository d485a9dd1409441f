import type { ContentScriptContext } from "wxt/utils/content-script-context";
import { defineContentScript } from "wxt/utils/define-content-script";
import { htmlPaper, listPage, readPage, whenParsed, whenPlaceable } from "../../page";
import { AbstractController } from "./abstract/AbstractController";
import { openGlossPort } from "./gloss-port";
import { OfferController } from "./html/OfferController";
import { ListController } from "./list/ListController";
import { publishedSettings } from "./published-settings";
import { Session } from "./session";
import "./page.css";

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
    const session = new Session(openGlossPort(ctx), ctx, publishedSettings());
    await whenPlaceable(document);
    if (!(await mount(ctx, session))) session.close();
  },
});

/** Whether there is anything on this page for us. */
async function mount(ctx: ContentScriptContext, session: Session): Promise<boolean> {
  const url = new URL(location.href);
  const page = readPage(document, url, ctx.signal);
  if (page) {
    new AbstractController(page, session);
    return true;
  }
  await whenParsed(document);
  const paper = htmlPaper(document, url, ctx.signal);
  const list = paper ? null : listPage(document);
  if (paper) new OfferController(paper, session);
  if (list) new ListController(list, session, ctx);
  return paper !== null || list !== null;
}
