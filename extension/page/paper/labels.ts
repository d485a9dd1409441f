/** Words before the number of a cross-reference: `Figure 3`, `Eq. (2)`, `Sec. 4.1`. */
import type { LabelKind } from "../types";

const WORDS: readonly (readonly [LabelKind, string])[] = [
  ["figure", "Figures?|Figs?\\."],
  ["table", "Tables?|Tabs?\\."],
  ["section", "Sections?|Subsections?|Secs?\\.|§§?"],
  ["appendix", "Appendix|Appendices|Apps?\\."],
  ["equation", "Equations?|Eqs?\\.|Eqns?\\."],
  ["theorem", "Theorems?|Thms?\\."],
  ["lemma", "Lemmas?|Lem\\."],
  ["proposition", "Propositions?|Props?\\."],
  ["corollary", "Corollary|Corollaries|Cor\\."],
  ["definition", "Definitions?|Defs?\\."],
  ["remark", "Remarks?"],
  ["example", "Examples?"],
  ["assumption", "Assumptions?"],
  ["algorithm", "Algorithms?|Algs?\\."],
  ["chapter", "Chapters?|Chap\\."],
  ["footnote", "Footnotes?"],
];
const ANY = WORDS.map(([, pattern]) => pattern).join("|");
const BEFORE = new RegExp(`(?:^|[\\s(])(${ANY})\\s*(\\(?)$`, "i");
const WITH_NUMBER = new RegExp(`^(${ANY})\\s*([A-Z]?[\\d.]*\\d[a-z]?|[A-Z]|[IVX]+)[:.]?$`, "i");
const KINDS = WORDS.map(([kind, pattern]) => [kind, new RegExp(`^(?:${pattern})$`, "i")] as const);

const kindOf = (word: string): LabelKind | null => KINDS.find(([, pattern]) => pattern.test(word))?.[0] ?? null;

/** The word at the end of a text on which a number follows, and where it begins. */
export function labelBefore(text: string): { kind: LabelKind; start: number; inBrackets: boolean } | null {
  const match = BEFORE.exec(text.slice(-24));
  const kind = match?.[1] === undefined ? null : kindOf(match[1]);
  if (!match || kind === null) return null;
  return { kind, start: text.length - (match[1]!.length + tail(match)), inBrackets: match[2] === "(" };
}

/** Length of what follows the word in the match. */
const tail = (match: RegExpExecArray): number => match[0].length - match[0].indexOf(match[1]!) - match[1]!.length;

/** `Figure 1: ` as kind and number. */
export function readLabel(text: string): { kind: LabelKind; number: string } | null {
  const match = WITH_NUMBER.exec(text.replace(/[\s\u00a0]+/g, " ").trim());
  const kind = match?.[1] === undefined ? null : kindOf(match[1]);
  return match && kind !== null ? { kind, number: match[2]! } : null;
}
