/**
 * How long the texts of a gloss will be, in full-width characters, from the length of the English.
 *
 * Measured on the development papers of the corpus, with a Latin letter as half a character: a translation has 0.28
 * to the English character (nine of ten below 0.31), a title 0.28 (three of four below 0.31), a summary 0.13. A little
 * more is held than the median needs: room that stays empty disturbs less than text that moves.
 */
const PER_CHARACTER = 0.3;

export const estimateTranslation = (english: string): number => Math.round(english.length * PER_CHARACTER);

export const estimateTitle = estimateTranslation;

export const estimateSummary = (abstract: string): number => within(abstract.length * 0.12, 50, 130);

/** Length of one takeaway, and how many there will be. */
export const estimateTakeaways = (abstract: string): { chars: number; count: number } => ({
  chars: 34,
  count: within(abstract.length / 320, 2, 4),
});

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
