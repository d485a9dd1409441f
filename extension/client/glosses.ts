import { INTERRUPTED } from "../shared/failure";
import type { GlossesRequest, PaperEvent } from "../shared/wire";
import { ClientError } from "./errors";
import type { Fetch, Server } from "./server";
import { isLast, streamedLines } from "./streamed";

/** The events of a list of papers, each with the paper's position; ends with the last paper's. Raises as `streamed`. */
export async function* glosses(
  server: Server,
  request: GlossesRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<PaperEvent> {
  const unfinished = new Set(request.papers.keys());
  const question = { method: "POST", path: "/v1/glosses", body: request, signal } as const;
  for await (const event of streamedLines<PaperEvent>(server, question, fetch)) {
    yield event;
    if (isLast(event.event.event)) unfinished.delete(event.paper);
  }
  if (unfinished.size > 0) throw new ClientError(INTERRUPTED, "The server stopped before the list was finished.");
}
