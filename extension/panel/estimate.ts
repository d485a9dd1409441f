/**
 * How long the parts of a gloss will be, in full-width characters, from the length of the English.
 *
 * Measured with the first shipped bundle on 60 development papers, a Latin letter counted as half a character: to the
 * English character a translation has 0.27 (nine of ten below 0.31), a title 0.26 (0.34), a summary of three sentences
 * 0.09 (0.12; a fourth sentence is allowed for); there are as many takeaways as sentences, at most six, of 42
 * characters. What is held beyond the need stays empty below the panel, where nobody looks, so the upper values are
 * taken.
 */
const PER_CHARACTER = { title: 0.34, summary: 0.14, translation: 0.31 };
const TAKEAWAY_CHARS = 46;
const ENGLISH_PER_SENTENCE = 130;

export interface Estimate {
  title: number;
  summary: number;
  takeaways: readonly number[];
  translation: number;
}

export function estimate(title: string, abstract: string): Estimate {
  const length = readLength(abstract);
  const count = Math.min(6, Math.max(1, Math.round(length / ENGLISH_PER_SENTENCE)));
  return {
    title: Math.ceil(readLength(title) * PER_CHARACTER.title),
    summary: Math.ceil(length * PER_CHARACTER.summary),
    takeaways: new Array<number>(count).fill(TAKEAWAY_CHARS),
    translation: Math.ceil(length * PER_CHARACTER.translation),
  };
}

/** Length as it is read: a TeX command is about one sign. */
function readLength(text: string): number {
  return text.replace(/\\[a-zA-Z]+/g, "x").replace(/[${}\\^_]/g, "").length;
}
