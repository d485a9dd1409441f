import type { ParagraphEvent, ParagraphsRequest } from "../shared/wire";
import type { Fetch, Server } from "./server";
import { streamedTogether } from "./streamed";

/** The events of paragraphs, each with its position; ends with the last one's. Raises as `streamedTogether`. */
export function translateParagraphs(
  server: Server,
  request: ParagraphsRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<ParagraphEvent> {
  const question = { method: "POST", path: "/v1/paragraphs", body: request, signal } as const;
  const broken = "The server stopped before all was translated.";
  return streamedTogether<ParagraphEvent>(
    server,
    question,
    request.paragraphs.keys(),
    (line) => line.paragraph,
    broken,
    fetch,
  );
}
