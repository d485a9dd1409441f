import { INTERRUPTED } from "../shared/failure";
import type { ParagraphEvent, ParagraphsRequest } from "../shared/wire";
import { ClientError } from "./errors";
import type { Fetch, Server } from "./server";
import { isLast, streamedLines } from "./streamed";

/** The events of paragraphs, each with its position in the request; ends with the last one's. Raises as `streamed`. */
export async function* translateParagraphs(
  server: Server,
  request: ParagraphsRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<ParagraphEvent> {
  const unfinished = new Set(request.paragraphs.keys());
  const question = { method: "POST", path: "/v1/paragraphs", body: request, signal } as const;
  for await (const line of streamedLines<ParagraphEvent>(server, question, fetch)) {
    yield line;
    if (isLast(line.event.event)) unfinished.delete(line.paragraph);
  }
  if (unfinished.size > 0) throw new ClientError(INTERRUPTED, "The server stopped before all was translated.");
}
