/** HTML papers, `/html/<id>`, made by LaTeXML (arXiv/arxiv-browse, templates/dissemination). */
import { findPaperId } from "./ids";
import { readPicture } from "./picture";

export interface HtmlPaper {
  id: string;
  /** Put something above the paper. */
  place: (host: HTMLElement) => void;
  /** The paper as HTML, without what the page has around it. */
  readHtml: () => string;
  /** Pictures of one figure, by their addresses in the page, as one PNG in base64; null when none could be read. */
  readPicture: (addresses: readonly string[]) => Promise<string | null>;
  /** Scroll to the element of this id. */
  show: (anchor: string) => void;
  /** Call back with the page's own theme, now and whenever the reader changes it. */
  watchTheme: (listener: (theme: "light" | "dark") => void) => void;
}

export function htmlPaper(document: Document, url: URL): HtmlPaper | null {
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
      new MutationObserver(() => listener(theme())).observe(root, { attributeFilter: ["data-theme"] });
    },
  };
}
