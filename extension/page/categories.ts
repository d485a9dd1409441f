/** arXiv's categories of a paper, the primary one first: they say how its terms are rendered. */

const NAMED = /\(([a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?)\)/g;
const BARE = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[a-z]+)*)?$/;

/** From `Computation and Language (cs.CL); Quantum Physics (quant-ph)`. */
export function namedCategories(subjects: Element | null): string[] {
  return [...(subjects?.textContent ?? "").matchAll(NAMED)].map((match) => match[1]!);
}

/** From the tags of a search result, `cs.CL`, each an element of its own; a DOI may be among them. */
export function taggedCategories(tags: Iterable<Element>): string[] {
  return [...tags].map((tag) => tag.textContent.trim()).filter((text) => BARE.test(text));
}
