/** The gloss of a whole paper as a file to keep. */
import { strToU8, zipSync } from "fflate";
import type { Words } from "../../shared/words";
import panelStyle from "../panel.css?inline";
import { fileOf, fullTextToMarkdown } from "./markdown";
import type { FullTextState } from "./state";
import type { ExportedFile } from "./types";
import wholeStyle from "./fulltext.css?inline";

/** A zip of `paper.md` and the folder `figures` that it links to. */
export function exportMarkdown(fullText: FullTextState, words: Words): ExportedFile {
  const figures = fullText.figures.flatMap((figure) => {
    const png = fullText.pictures[figure.index];
    return png
      ? [[`figures/${fileOf(figure)}`, Uint8Array.from(atob(png), (unit) => unit.charCodeAt(0))] as const]
      : [];
  });
  const files = { "paper.md": strToU8(fullTextToMarkdown(fullText, words, true)), ...Object.fromEntries(figures) };
  return { name: `${nameOf(fullText)}.zip`, type: "application/zip", content: zipSync(files, { level: 0 }) };
}

/** One page that needs nothing else: what is shown, with its pictures, and no script. */
export function exportHtml(fullText: FullTextState, shown: Element, targetLang: string): ExportedFile {
  const content = shown.cloneNode(true) as Element;
  content.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  content.querySelectorAll("[hidden]").forEach((note) => note.removeAttribute("hidden"));
  content.querySelectorAll("[tabindex]").forEach((part) => part.removeAttribute("tabindex"));
  const page = shown.ownerDocument.implementation.createHTMLDocument(fullText.outline?.title ?? "arXiv Gloss");
  page.documentElement.lang = targetLang;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const style = page.createElement("style");
  style.textContent = `body { max-width: 46em; margin: 2em auto; padding: 0 1em }\n${panelStyle}\n${wholeStyle}`;
  page.head.prepend(charset, style);
  const panel = page.createElement("main");
  panel.className = "panel fulltext exported";
  panel.append(page.importNode(content, true));
  page.body.append(panel);
  const html = `<!doctype html>\n${new XMLSerializer().serializeToString(page.documentElement)}\n`;
  return { name: `${nameOf(fullText)}.html`, type: "text/html", content: html };
}

function nameOf({ abstract, outline }: FullTextState): string {
  const title = (outline?.title ?? "paper").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  return [abstract.paper.id?.replace("/", "_"), title.replace(/^-|-$/g, "")].filter(Boolean).join("-");
}
