import { INTERRUPTED, UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";
import { linesOf } from "./ndjson";
import { ask, type Fetch, type Question, type Server } from "./server";

/**
 * The events of a stream, in the order in which they come; the last is `done` or `error`.
 *
 * Events of a kind that is not among `kinds`, as a newer server may send them, are passed over. Raises as `streamedLines`.
 */
export async function* streamed<E extends { event: string }>(
  server: Server,
  question: Question,
  kinds: ReadonlySet<E["event"]>,
  fetch?: Fetch,
): AsyncGenerator<E> {
  for await (const line of streamedLines<Partial<E> | null>(server, question, fetch)) {
    if (line?.event === undefined || !kinds.has(line.event)) continue;
    yield line as E;
    if (isLast(line.event)) return;
  }
  throw new ClientError(INTERRUPTED, "The server stopped before the gloss was finished. Ask again.");
}

/**
 * The lines about many things that are asked for at once, each told apart by `positionOf`; ends with the last one's last
 * event. Raises as `streamedLines`, and INTERRUPTED with `broken` when some are not finished.
 */
export async function* streamedTogether<Line extends { event: { event: string } }>(
  server: Server,
  question: Question,
  positions: Iterable<number>,
  positionOf: (line: Line) => number,
  broken: string,
  fetch?: Fetch,
): AsyncGenerator<Line> {
  const unfinished = new Set(positions);
  for await (const line of streamedLines<Line>(server, question, fetch)) {
    yield line;
    if (isLast(line.event.event)) unfinished.delete(positionOf(line));
  }
  if (unfinished.size > 0) throw new ClientError(INTERRUPTED, broken);
}

/** Whether nothing comes after an event of this kind. */
const isLast = (kind: string): boolean => kind === "done" || kind === "error";

/**
 * The lines of a stream, parsed. Aborting the question's signal closes the connection, and the server stops before its
 * next step. Raises ClientError: INTERRUPTED when the connection breaks (asking again replays what is done), else as
 * `ask`.
 */
export async function* streamedLines<Line>(server: Server, question: Question, fetch?: Fetch): AsyncGenerator<Line> {
  const response = await ask(server, question, fetch);
  if (!response.body) throw new ClientError(UNREADABLE_ANSWER, "The server sent an empty answer.");
  try {
    for await (const line of linesOf(response.body)) yield parse(line) as Line;
  } catch (thrown) {
    if (question.signal?.aborted || thrown instanceof ClientError) throw thrown;
    throw new ClientError(INTERRUPTED, "The connection to the server broke. Ask again.");
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ClientError(UNREADABLE_ANSWER, "The server sent a line that is not JSON.");
  }
}
