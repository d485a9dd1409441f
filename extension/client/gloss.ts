import { EVENT_KINDS, type Event as GlossEvent, type GlossRequest } from "../shared/wire";
import type { Fetch, Server } from "./server";
import { streamed } from "./streamed";

/** The events of one abstract's gloss; ends and raises as `streamed`. */
export function gloss(
  server: Server,
  request: GlossRequest,
  signal: AbortSignal,
  fetch?: Fetch,
): AsyncGenerator<GlossEvent> {
  return streamed(server, { method: "POST", path: "/v1/gloss", body: request, signal }, EVENT_KINDS, fetch);
}
