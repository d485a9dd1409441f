/** HTML papers, `/html/<id>`, made by LaTeXML (arXiv/arxiv-browse, templates/dissemination). */
import { readBlockText } from "./paper/block-text";
import { findBlocks, findDisplays } from "./paper/blocks";
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
    article,
    readTitle: () => textOf(article.querySelector(".ltx_title_document")),
    readAbstract: () => textOf(article.querySelector(".ltx_abstract .ltx_p")),
    readCategories: () => {
      // As `arXiv:2401.01234v2 [cs.CL] 3 Jan 2024`.
      const category = /\[([a-z-]+(?:\.[A-Za-z-]+)?)\]/.exec(
        document.querySelector("#watermark-tr")?.textContent ?? "",
      );
      return category?.[1] === undefined ? [] : [category[1]];
    },
    findBlocks: () => findBlocks(article),
    findDisplays: () => findDisplays(article),
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

const textOf = (element: Element | null): string => (element ? readBlockText(element, "").text : "");
