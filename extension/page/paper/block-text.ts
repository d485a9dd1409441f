/** The running text of a paragraph: formulas as TeX, citations and references by names, marks of notes aside. */
import type { BlockText } from "../types";
import { isHidden } from "./hidden";
import { labelBefore, readLabel } from "./labels";
import { TextWriter } from "./text-writer";

/** Not part of the sentence. */
const LEFT_OUT =
  ".ltx_ERROR, .ltx_rule, table, .ltx_listing, .ltx_verbatim, img, svg, script, style, template, noscript";
const NUMBER_OF_NOTE = ".ltx_note_mark, .ltx_tag_note, .ltx_note_type";
/** Raised, but read on: 2nd. */
const PART_OF_THE_WORD = new Set(["st", "nd", "rd", "th", "er", "re", "e", "®", "©", "™", "TM"]);
const LONGEST_SCRIPT = 24;
const LONGEST_CODE = 60;

/** `without`: a selector of parts that are read elsewhere. */
export function readBlockText(element: Element, without: string): BlockText {
  const writer = new TextWriter(element.ownerDocument);
  for (const child of element.childNodes) read(child, without, writer);
  return writer.finish();
}

function read(node: Node, without: string, writer: TextWriter): void {
  if (node instanceof Text) writer.write(node);
  else if (node instanceof Element) readElement(node, without, writer);
}

type Reader = (element: Element, writer: TextWriter, without: string) => void;

/** How elements are read that are more than their text; the first that matches counts. */
const READERS: readonly (readonly [string, Reader])[] = [
  ["br", (element, writer) => writer.space(element)],
  ["math", (element, writer) => writer.formula(texOf(element), element)],
  [".ltx_note", readNote],
  ["cite, .ltx_missing_citation, .ltx_missing_label", (element, writer) => writer.opaque([element])],
  ["sup, sub", readScript],
  ["a[href]", readLink],
  ["code, .ltx_font_typewriter", readCode],
];

function readElement(element: Element, without: string, writer: TextWriter): void {
  if (isHidden(element) || element.matches(LEFT_OUT) || (without !== "" && element.matches(without))) return;
  const reader = READERS.find(([selector]) => element.matches(selector))?.[1] ?? readChildren;
  reader(element, writer, without);
}

const textOf = (element: Element): string => element.textContent.replace(/\s+/g, " ").trim();

function readNote(note: Element, writer: TextWriter): void {
  const mark = note.querySelector(":scope > .ltx_note_mark");
  if (mark) writer.note(mark);
}

/** LaTeXML's own TeX; as papers/mathml.py tidies it. */
export function texOf(math: Element): string {
  const given = math.getAttribute("alttext") ?? math.querySelector("annotation[encoding*='tex']")?.textContent ?? "";
  const tex = given.replace(/\$|\\displaystyle|%\n/g, "");
  return tex.replace(/\s+/g, " ").trim() || `\\text{${textOf(math).replace(/[{}$]/g, "")}}`;
}

function readScript(element: Element, writer: TextWriter): void {
  const content = textOf(element).replace(/\$/g, "");
  if (content === "") return;
  if (element.querySelector("a, cite, math") || content.length > LONGEST_SCRIPT) writer.opaque([element]);
  else if (element.localName === "sup" && PART_OF_THE_WORD.has(content)) readChildren(element, writer, "");
  else writer.formula(`${element.localName === "sup" ? "^" : "_"}{${content}}`, element);
}

function readChildren(element: Element, writer: TextWriter, without: string): void {
  for (const child of element.childNodes) read(child, without, writer);
}

function readLink(link: Element, writer: TextWriter, without: string): void {
  const text = textOf(link);
  const label = readLabel(text);
  const leadsInside = /^[^#]*#/.test(link.getAttribute("href") ?? "") && link.matches(".ltx_ref");
  if (label) return writer.opaque([link], { ...label, inBrackets: false });
  const before = leadsInside ? labelBefore(writer.text) : null;
  if (before) {
    writer.cut(before.start, before.inBrackets ? ")" : "");
    return writer.opaque([link], { kind: before.kind, number: null, inBrackets: before.inBrackets });
  }
  if (leadsInside || !isWorded(text)) return writer.opaque([link]);
  // Its words are translated; the link itself follows them.
  readChildren(link, writer, without);
  writer.opaque([link], { kind: "link", number: null, inBrackets: false });
}

/** Words to be translated, and no address or name. */
const isWorded = (text: string): boolean => /\s/.test(text) && /(?:^|\s)\p{Ll}{2,}/u.test(text);

/** Identifiers stay; sentences that only look like code are translated. */
function readCode(element: Element, writer: TextWriter, without: string): void {
  const text = textOf(element);
  const isCode = text.length <= LONGEST_CODE && !/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text);
  if (isCode) writer.opaque([element]);
  else readChildren(element, writer, without);
}

export { NUMBER_OF_NOTE };
