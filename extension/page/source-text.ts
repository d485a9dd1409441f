/**
 * The TeX behind a `.mathjax` element, before or after MathJax 2.7 has been at it.
 *
 * Typeset, a formula is `span.MathJax_Preview + span.MathJax + script[type^="math/tex"]`: only the script is the source.
 */

const TYPESET = ["MathJax_Preview", "MathJax", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "mjx-chtml"];

/** One stretch of source, and where it stands on the page. */
export interface Piece {
  text: string;
  /** A text node, or the script of a formula (then `formula` holds). */
  node: Text | HTMLScriptElement;
  formula: boolean;
}

export function piecesOf(element: Element): Piece[] {
  const pieces: Piece[] = [];
  for (const child of element.childNodes) {
    if (child.nodeType === 3) pieces.push({ text: child.nodeValue ?? "", node: child as Text, formula: false });
    else if (child.nodeType === 1) pieces.push(...piecesOfElement(child as Element));
  }
  return pieces;
}

function piecesOfElement(element: Element): Piece[] {
  if (element.localName === "script") {
    const type = element.getAttribute("type") ?? "";
    if (!type.startsWith("math/tex")) return [];
    const delimiter = type.includes("mode=display") ? "$$" : "$";
    const text = delimiter + element.textContent + delimiter;
    return [{ text, node: element as HTMLScriptElement, formula: true }];
  }
  // The descriptor is the hidden "Abstract:" at the beginning.
  if (element.classList.contains("descriptor") || isTypeset(element)) return [];
  return piecesOf(element);
}

function isTypeset(element: Element): boolean {
  return TYPESET.some((name) => element.classList.contains(name));
}

export function sourceText(element: Element): string {
  return piecesOf(element)
    .map((piece) => piece.text)
    .join("")
    .trim();
}
