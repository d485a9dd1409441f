import { defineContentScript } from "wxt/utils/define-content-script";
import { readPage, whenPlaceable } from "../../page";
import { openLine } from "./line";
import { storedLook } from "./look";
import { mountPanel } from "./mount";
import "./page.css";

export default defineContentScript({
  // Spelled out, because the manifest is made from this file: shared/origins.ts, each with /abs/*.
  matches: [
    "https://arxiv.org/abs/*",
    "https://www.arxiv.org/abs/*",
    "https://export.arxiv.org/abs/*",
    "https://browse.arxiv.org/abs/*",
  ],
  runAt: "document_start",
  async main() {
    const line = openLine();
    const look = storedLook();
    await whenPlaceable(document);
    const page = readPage(document, new URL(location.href));
    if (page) mountPanel(page, look, line);
  },
});
