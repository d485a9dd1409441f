import { defineContentScript } from "wxt/utils/define-content-script";
import { htmlPaper, listPage, readPage, whenParsed, whenPlaceable } from "../../page";
import { mountOffer } from "./html";
import { openLine } from "./line";
import { storedLook } from "./look";
import { mountList } from "./list";
import { mountPanel } from "./mount";
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
  async main() {
    const line = openLine();
    const look = storedLook();
    await whenPlaceable(document);
    const page = readPage(document, new URL(location.href));
    if (page) {
      mountPanel(page, look, line);
      return;
    }
    await whenParsed(document);
    const paper = htmlPaper(document, new URL(location.href));
    const list = paper ? null : listPage(document);
    if (paper) mountOffer(paper, look, line);
    else if (list) mountList(list, look, line);
    else line.close();
  },
});
