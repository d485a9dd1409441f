import type { GlossesRequest, PaperEvent } from "../shared/wire";
import type { Fetch, Server } from "./server";
import { streamedTogether } from "./streamed";

/** The events of a list of papers, each with the paper's position; ends with the last paper's. Raises as `streamedTogether`. */
export function glosses(
  server: Server,
  request: GlossesRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<PaperEvent> {
  const question = { method: "POST", path: "/v1/glosses", body: request, signal } as const;
  const broken = "The server stopped before the list was finished.";
  return streamedTogether<PaperEvent>(server, question, request.papers.keys(), (line) => line.paper, broken, fetch);
}
