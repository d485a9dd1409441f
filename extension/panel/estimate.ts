/**
 * How long the texts of a gloss will be, in full-width characters, from the length of the English.
 *
 * 0.36: Chinese abstracts of the development set have about one character to 2.8 of the English; a little is added,
 * because room that stays empty disturbs less than text that moves.
 */
const PER_CHARACTER = 0.36;

export const estimateTranslation = (english: string): number => Math.round(english.length * PER_CHARACTER);

export const estimateTitle = estimateTranslation;

export const estimateSummary = (abstract: string): number => within(estimateTranslation(abstract) * 0.25, 40, 90);

/** Length of one takeaway, and how many there will be. */
export const estimateTakeaways = (abstract: string): { chars: number; count: number } => ({
  chars: 34,
  count: within(abstract.length / 320, 2, 4),
});

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}
