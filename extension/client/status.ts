import { EXTENSION_TOO_OLD, SERVER_TOO_OLD } from "../shared/failure";
import { WIRE, type Status } from "../shared/wire";
import { askFor } from "./answer";
import { ClientError } from "./errors";
import { type Fetch, type Server } from "./server";

/** What the server says of itself. Raises ClientError when it speaks another version of the wire than we do. */
export async function askStatus(server: Server, signal?: AbortSignal, fetch?: Fetch): Promise<Status> {
  const status = await askFor<Status>(
    server,
    { method: "GET", path: "/v1/status", ...(signal ? { signal } : {}) },
    (answer) => typeof answer?.wire === "number",
    "What answers at this address is not arXiv Gloss.",
    fetch,
  );
  const versions = { server: String(status.wire), extension: String(WIRE) };
  if (status.wire < WIRE) {
    throw new ClientError(SERVER_TOO_OLD, "The server is older than this extension. Update arxiv-gloss.", versions);
  }
  if (status.wire > WIRE) {
    throw new ClientError(
      EXTENSION_TOO_OLD,
      "This extension is older than the server. Update the extension.",
      versions,
    );
  }
  return status;
}
