import type { DigestsAnswer } from "../shared/wire";
import { askFor } from "./answer";
import { type Fetch, type Server } from "./server";

/** The digests made on this machine, and where their pages are. Raises ClientError as `ask` does. */
export function readDigests(server: Server, fetch?: Fetch): Promise<DigestsAnswer> {
  return askFor<DigestsAnswer>(
    server,
    { method: "GET", path: "/v1/digests" },
    (answer) => Array.isArray(answer?.digests),
    "The server did not give its digests.",
    fetch,
  );
}
