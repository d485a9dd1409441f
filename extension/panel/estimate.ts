/**
 * How long the parts of a gloss will be, in full-width characters, from the length of the English.
 *
 * Measured with the shipped bundle on 100 development papers, a Latin letter counted as half a character: to the
 * English character a translation has 0.28 (nine of ten below 0.31), a title 0.27 (0.34), a summary of two to four
 * sentences 0.13 (0.17, and short abstracts more); there are as many takeaways as sentences, at most seven, of 42
 * characters. What one part needs less another may need more: with these values 3 of the 100 outgrew the room in all.
 * What is held beyond the need stays empty below the panel, where nobody looks.
 */
const PER_CHARACTER = { title: 0.34, summary: 0.15, translation: 0.31 };
const TAKEAWAY_CHARS = 46;
const MOST_TAKEAWAYS = 7;
/** A short summary fills lines that it has only begun. */
const SUMMARY_BEGINS = 12;
const SENTENCE_END = /[.?!](?=\s|$)/g;

export interface Estimate {
  title: number;
  summary: number;
  takeaways: readonly number[];
  translation: number;
}

export function estimate(title: string, abstract: string): Estimate {
  const length = readLength(abstract);
  const sentences = abstract.match(SENTENCE_END)?.length ?? 1;
  return {
    title: Math.ceil(readLength(title) * PER_CHARACTER.title),
    summary: SUMMARY_BEGINS + Math.ceil(length * PER_CHARACTER.summary),
    takeaways: new Array<number>(Math.min(MOST_TAKEAWAYS, sentences)).fill(TAKEAWAY_CHARS),
    translation: Math.ceil(length * PER_CHARACTER.translation),
  };
}

/** Length as it is read: a TeX command is about one sign. */
function readLength(text: string): number {
  return text.replace(/\\[a-zA-Z]+/g, "x").replace(/[${}\\^_]/g, "").length;
}
