import type { WholeEvent } from "../shared/wire";
import type { Fetch, Server } from "./server";
import { streamed } from "./streamed";

const KINDS = new Set<WholeEvent["event"]>([
  "pages",
  "outline",
  "started",
  "title",
  "segment",
  "overview",
  "point",
  "section",
  "figure",
  "picture",
  "done",
  "error",
  "alive",
]);

/** A paper on arXiv by its id, or a PDF's bytes. */
export type WholePaper = { id: string } | { pdf: Blob };

/** The events of a whole paper's gloss, with its pictures; ends and raises as `streamed`. */
export function glossWhole(
  server: Server,
  paper: WholePaper,
  target: string,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<WholeEvent> {
  const question =
    "id" in paper
      ? ({ method: "POST", path: "/v1/pdf", body: { id: paper.id, target, pictures: true }, signal } as const)
      : ({ method: "POST", path: `/v1/pdf?pictures=true&target=${target}`, upload: paper.pdf, signal } as const);
  return streamed(server, question, KINDS, fetch);
}
