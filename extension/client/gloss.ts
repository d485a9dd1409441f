import type { Event as GlossEvent, GlossRequest } from "../shared/wire";
import type { Fetch, Server } from "./server";
import { streamed } from "./streamed";

const KINDS = new Set<GlossEvent["event"]>([
  "started",
  "title",
  "segment",
  "gist",
  "summary",
  "takeaway",
  "done",
  "error",
  "alive",
]);

/** The events of one abstract's gloss; ends and raises as `streamed`. */
export function gloss(
  server: Server,
  request: GlossRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<GlossEvent> {
  return streamed(server, { method: "POST", path: "/v1/gloss", body: request, signal }, KINDS, fetch);
}
