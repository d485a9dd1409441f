import {
  ANOTHER_PROGRAM,
  EXTENSION_TOO_OLD,
  NOT_PAIRED,
  SERVER_DOWN,
  SERVER_SILENT,
  SERVER_TOO_OLD,
  type Failure,
} from "../shared/failure";
import { WIRE, type Status } from "../shared/wire";
import { askFor } from "./answer";
import { ClientError, failureOf } from "./errors";
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

/** Before there is a token the server refuses every call in its own way; whatever does otherwise is another program. */
export async function unpairedFailure(origin: string, fetch?: Fetch): Promise<Failure> {
  const failure = await askStatus({ origin, token: null }, undefined, fetch).then(() => null, failureOf);
  const code = failure?.code ?? ANOTHER_PROGRAM;
  if (code === SERVER_DOWN || code === SERVER_SILENT) return failure!;
  return code === NOT_PAIRED || code === "not_allowed"
    ? { code: NOT_PAIRED, message: "This browser is not paired with the server yet." }
    : { code: ANOTHER_PROGRAM, message: `Another program answers at ${origin}.`, params: { address: origin } };
}
