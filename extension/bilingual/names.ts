/** Classes by which the style sheet (entrypoints/content/html.css) knows what was put into the page. */
export const HOST = "arxiv-gloss-translation";
export const SENTENCE = "arxiv-gloss-sentence";
export const LABEL = "arxiv-gloss-label";
