/** HTML papers, `/html/<id>`, made by LaTeXML (arXiv/arxiv-browse, templates/dissemination). */
import { findPaperId } from "./ids";
import { readPicture } from "./picture";
import type { HtmlPaper } from "./types";

export function htmlPaper(document: Document, url: URL, signal: AbortSignal): HtmlPaper | null {
  const article = document.querySelector<HTMLElement>("article.ltx_document");
  const id = findPaperId(document.querySelector("#watermark-tr")?.textContent ?? "") ?? findPaperId(url.pathname);
  // Where the conversion failed there is no text worth reading.
  if (!/^\/html\/./.test(url.pathname) || !article?.querySelector(".ltx_p") || id === null) return null;
  const { documentElement: root } = document;
  const theme = (): "light" | "dark" => (root.dataset.theme === "dark" ? "dark" : "light");
  return {
    id,
    place: (host) => article.before(host),
    // eslint-disable-next-line no-restricted-syntax -- It is read here, and nothing is made of it.
    readHtml: () => article.outerHTML,
    readPicture: (addresses) => readPicture(article, addresses),
    show: (anchor) => document.getElementById(anchor)?.scrollIntoView({ block: "start" }),
    watchTheme(listener) {
      listener(theme());
      const observer = new MutationObserver(() => listener(theme()));
      observer.observe(root, { attributeFilter: ["data-theme"] });
      signal.addEventListener("abort", () => observer.disconnect());
    },
  };
}
