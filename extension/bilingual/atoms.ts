/** Formulas, citations and references of the page, once more in the translation: the page's own, and alive. */
import type { Atom, Label } from "../page";
import { referenceWords, type ReferenceWords } from "../shared/words";
import { isNamed } from "./pieces";
import type { Style } from "./types";

/** What goes in the place of a formula, or of what was sent by a name. */
export function drawAtom(document: Document, tex: string, atom: Atom | null, style: Style): Node {
  if (atom) return isNamed(tex) ? drawNamed(document, atom, style) : wrapped(document, copiesOf(atom));
  const span = wrapped(document, []);
  if (isNamed(tex)) return span;
  try {
    if (!style.typeset) throw new Error("not loaded yet");
    style.typeset(tex, span, false);
  } catch {
    span.textContent = tex;
  }
  return span;
}

/** A copy without the page's ids: each of them is there once. */
export function copyOf(node: Node): Node {
  const copy = node.cloneNode(true);
  if (copy instanceof Element) {
    for (const element of [copy, ...copy.querySelectorAll("[id]")]) element.removeAttribute("id");
  }
  return copy;
}

const copiesOf = (atom: Atom): Node[] => atom.nodes.map(copyOf);

function wrapped(document: Document, nodes: Node[]): HTMLElement {
  const span = document.createElement("span");
  span.className = "arxiv-gloss-atom";
  span.append(...nodes);
  return span;
}

function drawNamed(document: Document, atom: Atom, style: Style): Node {
  const { label } = atom;
  if (!label) return wrapped(document, copiesOf(atom));
  const link = copiesOf(atom)[0]!;
  if (label.kind === "link") return wrapped(document, [arrow(link)]);
  if (label.number !== null) link.textContent = label.number;
  const [before, after] = around(label, referenceWords(style.targetLang));
  return wrapped(document, [document.createTextNode(before), link, document.createTextNode(after)]);
}

/** What stands before and after the number. */
function around({ kind, inBrackets }: Label, words: ReferenceWords): [string, string] {
  const [before = "", after = ""] = kind === "link" ? [] : words[kind].split("{}");
  return inBrackets ? [`${before}(`, `)${after}`] : [before, after];
}

function arrow(link: Node): Node {
  const words = link.textContent ?? "";
  link.textContent = "↗";
  if (link instanceof Element) link.setAttribute("aria-label", words.replace(/\s+/g, " ").trim());
  return link;
}
