import type { NewTerm } from "../../shared/wire";

/** The terms of a file's text; lines that are not "term, tab, rendering" are passed over. */
export function termsIn(text: string): NewTerm[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [source, target] = line.split("\t").map((part) => part.trim());
    return source && target ? [{ source, target }] : [];
  });
}
