/** What the reader has selected on a page of arXiv, with the paper that it is part of. */
import { absPage } from "./abs";
import { listPage } from "./list";
import { highlightableOriginal } from "./original";
import { sourceText } from "./source-text";
import type { Original } from "./types";

export interface SelectedText {
  /** As running text, formulas as TeX. */
  text: string;
  /** Where it ends, in the coordinates of the page. */
  place: { left: number; bottom: number };
  /** Of the paper; title and abstract empty where the page does not tell. */
  paper: { title: string; abstract: string; categories: string[] };
  /** All that the page shows of the paper. */
  around: string;
  /** Sentences of the selection, where they stand. Spans are those of `text`. */
  original: (signal: AbortSignal) => Original;
}

/** Null when nothing is selected, or nothing that could be read. */
export function readSelection(document: Document, url: URL): SelectedText | null {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = textOf(range);
  if (text === "") return null;
  const { commonAncestorContainer: common } = range;
  const element = common instanceof HTMLElement ? common : common.parentElement!;
  const view = document.defaultView!;
  const { left, bottom } = range.getBoundingClientRect();
  return {
    text,
    place: { left: left + view.scrollX, bottom: bottom + view.scrollY },
    paper: paperOf(document, url, element),
    around: (element.closest(PAPERS) ?? document.body).textContent,
    original: (signal) => highlightableOriginal(element, text, signal),
  };
}

const PAPERS = "#abs, article.ltx_document, li.arxiv-result, dl#articles > dd";

function textOf(range: Range): string {
  const copy = range.cloneRange();
  const whole = typesetAround(copy.endContainer)?.nextElementSibling;
  if (whole?.localName === "script") copy.setEndAfter(whole);
  const holder = range.startContainer.ownerDocument!.createElement("div");
  holder.append(copy.cloneContents());
  for (const formula of holder.querySelectorAll("math[alttext]")) {
    formula.replaceWith(`$${formula.getAttribute("alttext")!}$`);
  }
  return sourceText(holder).replace(/\s+/g, " ");
}

/** A formula that MathJax has typeset, the source of which is the script behind it. */
function typesetAround(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(".MathJax, .MathJax_Display, .MathJax_SVG, .MathJax_CHTML, .mjx-chtml") ?? null;
}

function paperOf(document: Document, url: URL, element: HTMLElement): SelectedText["paper"] {
  const entry = listPage(document)?.entries.find(({ elements }) => elements.some((one) => one.contains(element)));
  const paper = entry ?? absPage(document, url, AbortSignal.abort())?.readPaper();
  if (paper) return { title: paper.title ?? "", abstract: paper.abstract ?? "", categories: paper.categories ?? [] };
  const [title, abstract] = [".ltx_title_document", ".ltx_abstract .ltx_p"].map((selector) => {
    const found = document.querySelector(selector);
    return found ? sourceText(found).replace(/\s+/g, " ") : "";
  });
  return { title: title!, abstract: abstract!, categories: [] };
}
