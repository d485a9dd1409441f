import type { PaperPage } from "../../../page";
import type { Words } from "../../../shared/words";

/** What a reader should know of the paper before its gloss. */
export function remarksOn(page: PaperPage, words: Words): string[] {
  const remarks: string[] = [];
  if (page.withdrawn) remarks.push(page.withdrawn === "this" ? words.withdrawnThis : words.withdrawnNewer);
  if (page.onlyMetadata) remarks.push(words.onlyMetadata);
  if (page.latest) remarks.push(words.olderVersion(page.latest));
  return remarks;
}
