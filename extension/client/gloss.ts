import { INTERRUPTED, UNREADABLE_ANSWER } from "../shared/failure";
import type { GlossRequest, Event as GlossEvent } from "../shared/wire";
import { ClientError } from "./errors";
import { linesOf } from "./ndjson";
import { ask, type Fetch, type Server } from "./server";

const KINDS = new Set(["started", "title", "segment", "gist", "summary", "takeaway", "done", "error", "alive"]);

/**
 * The events of one gloss, in the order in which they come; the last is `done` or `error`.
 *
 * Aborting `signal` closes the connection, and the server stops before its next step. Raises ClientError: INTERRUPTED
 * when the stream ends too early (asking again replays what is done), else as `ask`.
 */
export async function* gloss(
  server: Server,
  request: GlossRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<GlossEvent> {
  const response = await ask(server, { method: "POST", path: "/v1/gloss", body: request, signal }, fetch);
  if (!response.body) throw new ClientError(UNREADABLE_ANSWER, "The server sent an empty answer.");
  try {
    for await (const line of linesOf(response.body)) {
      const event = readEvent(line);
      if (!event) continue;
      yield event;
      if (event.event === "done" || event.event === "error") return;
    }
  } catch (thrown) {
    if (signal.aborted || thrown instanceof ClientError) throw thrown;
    throw new ClientError(INTERRUPTED, "The connection to the server broke. Ask again.");
  }
  throw new ClientError(INTERRUPTED, "The server stopped before the gloss was finished. Ask again.");
}

/** An event of a kind that we know; a newer server may send others, which are passed over. */
function readEvent(line: string): GlossEvent | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new ClientError(UNREADABLE_ANSWER, "The server sent a line that is not JSON.");
  }
  const kind = (parsed as { event?: unknown } | null)?.event;
  return typeof kind === "string" && KINDS.has(kind) ? (parsed as GlossEvent) : null;
}
