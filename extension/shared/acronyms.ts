/**
 * What a paper's short forms stand for, as the paper itself says it: "neural machine translation (NMT)".
 *
 * The long form is found as Schwartz and Hearst do ("A simple algorithm for identifying abbreviation definitions in
 * biomedical text", PSB 2003): the short form's signs, from the last to the first, each in the words before the bracket;
 * the first must begin a word.
 */

export interface Expansion {
  short: string;
  long: string;
}

/** Short forms of at most ten signs with two capitals: NMT, BERT, LoRA, H2O, GPT-4. */
const SHORT = /\b[A-Z][A-Za-z0-9]{0,8}(?:-[A-Z0-9]{1,4})?\b/g;
const isShort = (word: string): boolean => (word.match(/[A-Z]/g)?.length ?? 0) >= 2;

/** The short forms in `text` that `paper` spells out, each once, in the order in which `text` has them. */
export function expansionsIn(text: string, paper: string): Expansion[] {
  const shorts = [...text.matchAll(SHORT)].map(([found]) => singular(found)).filter(isShort);
  return [...new Set(shorts)].flatMap((short) => {
    const long = longForm(short, paper);
    return long === null ? [] : [{ short, long }];
  });
}

const singular = (word: string): string => word.replace(/(?<=[A-Z0-9])s$/, "");

/** What stands before `(NMT)` or `(NMTs)` in the paper and spells it out; null where nothing does. */
function longForm(short: string, paper: string): string | null {
  const bracket = new RegExp(`\\(\\s*${short}s?\\s*[),;]`, "g");
  for (const { index } of paper.matchAll(bracket)) {
    const long = spelledBefore(short, paper.slice(Math.max(0, index - 200), index));
    if (long !== null) return long;
  }
  return null;
}

function spelledBefore(short: string, before: string): string | null {
  const clause = before
    .split(/[.;:()[\]]\s|[()]/)
    .at(-1)!
    .replace(/\s+/g, " ")
    .trimEnd();
  const signs = short.toLowerCase().replace(/[^a-z0-9]/g, "");
  let place = clause.length;
  for (let at = signs.length - 1; at >= 0; at--) {
    do place--;
    while (place >= 0 && !(clause[place]!.toLowerCase() === signs[at] && (at > 0 || beginsWord(clause, place))));
    if (place < 0) return null;
  }
  const long = clause.slice(place);
  const words = long.split(/[\s-]+/).length;
  return long.length > short.length && words <= Math.min(signs.length + 5, signs.length * 2) ? long : null;
}

const beginsWord = (text: string, place: number): boolean => place === 0 || !/[A-Za-z0-9]/.test(text[place - 1]!);
