/**
 * Whether a paper of a list is withdrawn: arXiv says so nowhere but in the authors' comments, or in the abstract. The
 * server's papers/listings.py reads the same words.
 */
const SAYS =
  /\b(?:this|the) (?:paper|article|submission|manuscript|preprint|work|version|note) (?:has been|have been|is|was) (?:\w+ )?(?:withdrawn|removed)\b/i;
const REMARKS =
  /^\W*(?:comments:)?\W*(?:paper |article )?(?:is |has been |was )?(?:temporarily )?withdrawn\b|\bwithdrawn (?:by|due to|because|at the request)/i;

/** Of the abstract only the beginning counts: papers about withdrawals have the words further on. */
export function saysWithdrawn(comments: string, abstract: string): boolean {
  const remarks = comments.replace(/\s+/g, " ");
  return REMARKS.test(remarks) || SAYS.test(remarks) || SAYS.test(abstract.slice(0, 300));
}
