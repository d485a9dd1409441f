import { WHOLE_EVENT_KINDS, type WholeEvent } from "../shared/wire";
import type { Fetch, Question, Server } from "./server";
import { streamed } from "./streamed";

/** A paper on arXiv by its id, a PDF's bytes, or the HTML page of a paper. */
export type FullTextSource = { id: string } | { pdf: Blob } | HtmlPage;

export interface HtmlPage {
  id: string;
  html: string;
  /** Pictures at these addresses of the page as one PNG in base64. */
  readPicture: (addresses: string[]) => Promise<string | null>;
}

/** The events of a whole paper's gloss, with its pictures; ends and raises as `streamed`. */
export function glossFullText(
  server: Server,
  paper: FullTextSource,
  target: string,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<WholeEvent> {
  const question = questionOf(paper, target, signal);
  return streamed(server, question, WHOLE_EVENT_KINDS, fetch);
}

function questionOf(paper: FullTextSource, target: string, signal: AbortSignal): Question {
  if ("html" in paper) {
    const path = `/v1/html?id=${encodeURIComponent(paper.id)}&target=${target}` as const;
    return { method: "POST", path, upload: new Blob([paper.html], { type: "text/html" }), signal };
  }
  if ("id" in paper) {
    return { method: "POST", path: "/v1/pdf", body: { id: paper.id, target, pictures: true }, signal };
  }
  const upload = new Blob([paper.pdf], { type: "application/pdf" });
  return { method: "POST", path: `/v1/pdf?pictures=true&target=${target}`, upload, signal };
}
