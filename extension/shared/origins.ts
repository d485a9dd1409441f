/** The hosts that serve arXiv's own pages; what comes from anywhere else is not listened to. */
export const ARXIV_ORIGINS = [
  "https://arxiv.org",
  "https://www.arxiv.org",
  "https://export.arxiv.org",
  "https://browse.arxiv.org",
] as const;
