/** A text as the server gave it, taken apart: words, and what the page itself has for a formula or a citation. */
import type { Atom, BlockText } from "../page";

export type Piece = { text: string; atom: null; tex: null } | { text: null; atom: Atom | null; tex: string };

const FORMULA = /\\[^()[\]]|\$((?:\\.|[^$\\])+)\$/g;
const ESCAPED = /\\([%&_#$])/g;

export function piecesOf(text: string, atoms: BlockText["atoms"]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const pushText = (to: number): void => {
    if (to > from) pieces.push({ text: text.slice(from, to).replace(ESCAPED, "$1"), atom: null, tex: null });
  };
  for (const match of text.matchAll(FORMULA)) {
    if (match[1] === undefined) continue;
    pushText(match.index);
    pieces.push({ text: null, atom: atoms.get(match[1]) ?? null, tex: match[1] });
    from = match.index + match[0].length;
  }
  pushText(text.length);
  return pieces;
}

/** Something that was sent by a name, and not as TeX. */
export const isNamed = (tex: string): boolean => /^\\ref\{[a-z]+\}$/.test(tex);

/** The text as it is read, formulas between dollar signs, for notes and files. */
export function plainText(text: string, atoms: BlockText["atoms"]): string {
  const spoken = piecesOf(text, atoms).map((piece) => {
    if (piece.text !== null) return piece.text;
    return isNamed(piece.tex) ? wordsOf(piece.atom) : `$${piece.tex}$`;
  });
  return spoken.join("");
}

function wordsOf(atom: Atom | null): string {
  const text = (atom?.nodes ?? []).map((node) => node.textContent ?? "").join("");
  return text
    .replace(/\s+/g, " ")
    .replace(/ (?=[,.;:)\]])|(?<=[([]) /g, "")
    .trim();
}
