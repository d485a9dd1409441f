/** Which word of one reading of a text is which word of another: the meta tag's TeX against the page's characters. */

export interface Word {
  text: string;
  /** UTF-16 offsets in the text that the word was found in. */
  start: number;
  end: number;
}

/** Above this many pairs to compare nothing is aligned; arXiv's longest abstracts need a twentieth of it. */
const MAX_PAIRS = 4_000_000;

export function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map((match) => ({
    text: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/**
 * For each word of `left` the index of its partner in `right`, or -1: a longest common subsequence, so that order is
 * kept and what one side spells otherwise (accents, links) is passed over. Empty when the texts are too long.
 */
export function alignWords(left: readonly string[], right: readonly string[]): number[] {
  if (left.length * right.length > MAX_PAIRS) return [];
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        left[i] === right[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const partners = new Array<number>(left.length).fill(-1);
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) partners[i++] = j++;
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return partners;
}
