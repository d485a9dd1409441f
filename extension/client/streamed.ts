import { INTERRUPTED, UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";
import { linesOf } from "./ndjson";
import { ask, type Fetch, type Question, type Server } from "./server";

/**
 * The events of a stream, in the order in which they come; the last is `done` or `error`.
 *
 * Events of a kind that is not among `kinds`, as a newer server may send them, are passed over. Aborting the question's
 * signal closes the connection, and the server stops before its next step. Raises ClientError: INTERRUPTED when the
 * stream ends too early (asking again replays what is done), else as `ask`.
 */
export async function* streamed<E extends { event: string }>(
  server: Server,
  question: Question,
  kinds: ReadonlySet<E["event"]>,
  fetch?: Fetch,
): AsyncGenerator<E> {
  const response = await ask(server, question, fetch);
  if (!response.body) throw new ClientError(UNREADABLE_ANSWER, "The server sent an empty answer.");
  try {
    for await (const line of linesOf(response.body)) {
      const event = readEvent<E>(line, kinds);
      if (!event) continue;
      yield event;
      if (event.event === "done" || event.event === "error") return;
    }
  } catch (thrown) {
    if (question.signal?.aborted || thrown instanceof ClientError) throw thrown;
    throw new ClientError(INTERRUPTED, "The connection to the server broke. Ask again.");
  }
  throw new ClientError(INTERRUPTED, "The server stopped before the gloss was finished. Ask again.");
}

function readEvent<E extends { event: string }>(line: string, kinds: ReadonlySet<E["event"]>): E | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    throw new ClientError(UNREADABLE_ANSWER, "The server sent a line that is not JSON.");
  }
  const event = parsed as Partial<E> | null;
  return event?.event !== undefined && kinds.has(event.event) ? (event as E) : null;
}
