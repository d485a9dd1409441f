import { saysWithdrawn } from "../../../extension/page/withdrawn";

test.each([
  ["Comments: This paper has been withdrawn by the author due to an error", "", true],
  ["Comments: Withdrawn", "", true],
  ["", "This article has been withdrawn because of a mistake in Lemma 2.", true],
  ["Comments: 12 pages", "We study how funds are withdrawn from banks.", false],
  ["Comments: accepted; code will not be withdrawn", "", false],
])("%j, %j: %s", (comments, abstract, isWithdrawn) => expect(saysWithdrawn(comments, abstract)).toBe(isWithdrawn));
