import { defineContentScript } from "wxt/utils/define-content-script";
import { listPage, readPage, whenParsed, whenPlaceable } from "../../page";
import { openLine } from "./line";
import { storedLook } from "./look";
import { mountList } from "./list";
import { mountPanel } from "./mount";
import "./page.css";

export default defineContentScript({
  // Spelled out, because the manifest is made from this file: abstracts and lists of shared/origins.ts.
  matches: ["abs", "list", "catchup", "a", "search"].flatMap((path) => [
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
    const list = listPage(document);
    if (list) mountList(list, look, line);
    else line.close();
  },
});
