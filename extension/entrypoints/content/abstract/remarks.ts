import type { PaperPage } from "../../../page";
import type { Remark } from "../../../panel";
import type { Words } from "../../../shared/words";

/** What a reader should know of the paper before its gloss; the gravest first. */
export function remarksOn(page: PaperPage, words: Words): Remark[] {
  const remarks: Remark[] = [];
  if (page.withdrawn === "this") {
    const reason = page.readComments();
    const quotation = reason === null ? {} : { quotation: { lead: words.withdrawnWhy, text: reason } };
    remarks.push({ text: words.withdrawnThis, isWarning: true, ...quotation });
  }
  if (page.withdrawn === "newer") remarks.push({ text: words.withdrawnNewer, isWarning: true });
  if (page.onlyMetadata) remarks.push({ text: words.onlyMetadata, isWarning: false });
  if (page.latest) {
    const link = { text: page.latest, address: `/abs/${page.latest}` };
    remarks.push({ text: words.olderVersion, isWarning: false, link });
  }
  return remarks;
}
