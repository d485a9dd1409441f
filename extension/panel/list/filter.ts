/** Which papers of a list a filter lets through. */

/** Words that must all be there, in any order; what stands in quotation marks is one of them. */
export function wordsOfFilter(text: string): string[] {
  return [...text.toLowerCase().matchAll(/["“]([^"”]+)["”]|(\S+)/g)].map((match) => (match[1] ?? match[2]!).trim());
}

export function passes(texts: readonly string[], words: readonly string[]): boolean {
  const all = texts.join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}
