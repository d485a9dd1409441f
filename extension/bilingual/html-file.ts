/** The paper in both languages as one HTML page that needs nothing beside it: no script, pictures inside. */
import { HOST } from "./names";

const STYLE = `
body { max-width: 46em; margin: 2em auto; padding: 0 1em; font: 16px/1.6 Georgia, "Times New Roman", serif; color: #1b1b1b; background: #fff }
img { max-width: 100%; height: auto }
figure { margin: 1.5em 0; text-align: center }
table { border-collapse: collapse; margin-inline: auto }
td, th { padding: 0.1em 0.5em }
.ltx_note_outer { display: block; margin: 0.4em 1.5em; font-size: 0.85em }
.ltx_eqn_table { width: 100%; text-align: center }
.${HOST} { display: block; margin: 0.3em 0 1em; font-family: "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
.arxiv-gloss-mark, .arxiv-gloss-remark { color: #5c5c5c; font-size: 0.85em }
.arxiv-gloss-note { display: none }
@media (min-width: 70em) { body { max-width: 60em } }
`;

export async function bilingualHtml(article: HTMLElement, title: string, lang: string): Promise<string> {
  const content = article.cloneNode(true) as HTMLElement;
  const pictures = [...article.querySelectorAll("img")];
  const copies = [...content.querySelectorAll("img")];
  await Promise.all(copies.map((copy, index) => inline(copy, pictures[index]!)));
  for (const element of content.querySelectorAll("script, style, link, iframe, object, form, button")) element.remove();
  for (const mark of content.querySelectorAll(".arxiv-gloss-mark")) {
    mark.setAttribute("title", mark.nextElementSibling?.textContent ?? "");
    for (const name of ["role", "tabindex", "aria-expanded", "aria-label"]) mark.removeAttribute(name);
  }
  for (const host of content.querySelectorAll<HTMLElement>(`.${HOST}`)) host.style.removeProperty("min-height");
  for (const element of content.querySelectorAll("*")) removeHandlers(element);
  return pageOf(article.ownerDocument, content, title, lang);
}

function removeHandlers(element: Element): void {
  for (const { name } of [...element.attributes]) if (name.startsWith("on")) element.removeAttribute(name);
}

function pageOf(document: Document, content: HTMLElement, title: string, lang: string): string {
  const page = document.implementation.createHTMLDocument(title);
  page.documentElement.lang = lang;
  const charset = page.createElement("meta");
  charset.setAttribute("charset", "utf-8");
  const style = page.createElement("style");
  style.textContent = STYLE;
  page.head.prepend(charset, style);
  page.body.append(page.importNode(content, true));
  return `<!doctype html>\n${new XMLSerializer().serializeToString(page.documentElement)}\n`;
}

/** The picture inside of the page; where it cannot be read, its address. */
async function inline(copy: HTMLImageElement, picture: HTMLImageElement): Promise<void> {
  copy.removeAttribute("srcset");
  copy.src = picture.src;
  if (!picture.src.startsWith("http")) return;
  try {
    const response = await fetch(picture.src, { credentials: "omit" });
    if (response.ok) copy.src = await dataUrl(await response.blob());
  } catch {
    return; // its address stays
  }
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error("The picture could not be read."));
    reader.readAsDataURL(blob);
  });
}
