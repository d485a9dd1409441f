import { INTERRUPTED, UNREADABLE_ANSWER } from "../shared/failure";
import type { GlossesRequest, PaperEvent } from "../shared/wire";
import { ClientError } from "./errors";
import { linesOf } from "./ndjson";
import { ask, type Fetch, type Server } from "./server";

/**
 * The events of a list of papers, each with the paper's position; the stream ends with the last paper's.
 *
 * Aborting `signal` closes the connection, and the server stops. Raises ClientError as `streamed` does.
 */
export async function* glosses(
  server: Server,
  request: GlossesRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<PaperEvent> {
  const response = await ask(server, { method: "POST", path: "/v1/glosses", body: request, signal }, fetch);
  if (!response.body) throw new ClientError(UNREADABLE_ANSWER, "The server sent an empty answer.");
  const unfinished = new Set(request.papers.keys());
  try {
    for await (const line of linesOf(response.body)) {
      const event = JSON.parse(line) as PaperEvent;
      yield event;
      if (event.event.event === "done" || event.event.event === "error") unfinished.delete(event.paper);
    }
  } catch (thrown) {
    if (signal.aborted || thrown instanceof ClientError) throw thrown;
    throw new ClientError(INTERRUPTED, "The connection to the server broke. Ask again.");
  }
  if (unfinished.size > 0) throw new ClientError(INTERRUPTED, "The server stopped before the list was finished.");
}
