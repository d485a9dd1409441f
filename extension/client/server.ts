import { ANOTHER_PROGRAM, NOT_PAIRED, SERVER_DOWN, SERVER_SILENT, SERVER_TOO_OLD } from "../shared/failure";
import type { ChallengeAnswer, ChallengeRequest, ErrorAnswer } from "../shared/wire";
import { ClientError } from "./errors";
import { linesOf } from "./ndjson";
import { PROOF_MILLISECONDS, within } from "./limits";
import { proofOf, isProved, newNonce, secretOf, type Secret } from "./proof";

/** A server on this machine, and the token that it gave us, if it did. */
export interface Server {
  /** A loopback origin. */
  origin: string;
  /** Never sent: server and client prove to each other that they have it. */
  token: string | null;
}

/** Units of an answer to a challenge, at most. */
const SHORT = 10_000;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface Question {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: `/v1/${string}`;
  body?: object;
  /** A PDF or an HTML page, in the place of `body`. */
  upload?: Blob;
  signal?: AbortSignal;
}

/**
 * Ask the server, once it has proved itself; every answer but a good one becomes a ClientError.
 *
 * A redirect is an error too. An abort is thrown as it is.
 */
export async function ask(server: Server, question: Question, fetch: Fetch = globalThis.fetch): Promise<Response> {
  const headers = headersOf(question);
  if (server.token !== null) {
    headers["X-Arxiv-Gloss-Proof"] = await prove(server.origin, await secretOf(server.token), question, fetch);
  }
  const response = await send(server.origin, question, headers, fetch);
  if (response.ok) return response;
  throw await refusal(response);
}

/**
 * Let the server prove itself, and return our own proof for one call. Raises ClientError: ANOTHER_PROGRAM when what
 * answers cannot, NOT_PAIRED when it does not know this pairing, SERVER_SILENT when it says nothing.
 */
async function prove(
  origin: string,
  secret: Secret,
  { method, path, signal }: Question,
  fetch: Fetch,
): Promise<string> {
  const nonce = newNonce();
  const body: ChallengeRequest = { pairing: secret.name, nonce };
  const challenge: Question = { method: "POST", path: "/v1/challenge", body };
  const answer = await within(PROOF_MILLISECONDS, signal, async (limited) => {
    const response = await send(origin, { ...challenge, signal: limited }, headersOf(challenge), fetch);
    const content = await smallJson<ChallengeAnswer & ErrorAnswer>(response);
    if (!response.ok && content?.error) throw unproved(response, content as ErrorAnswer);
    return content;
  });
  if (!(await isProved(secret, origin, nonce, answer))) {
    throw new ClientError(ANOTHER_PROGRAM, `Another program answers at ${origin}. It was told nothing.`, {
      address: origin,
    });
  }
  return proofOf(secret, origin, method, path, answer?.nonce ?? "");
}

/** A server of before there were challenges refuses them as it refuses any call without a token. */
function unproved({ status }: Response, { error }: ErrorAnswer): ClientError {
  const isOld = status === 401 && error.code === "not_allowed";
  return new ClientError(isOld ? SERVER_TOO_OLD : error.code, error.message);
}

/** The JSON of a short answer; null for anything else. Nobody can say how much a stranger sends. */
async function smallJson<Answer>(response: Response): Promise<Partial<Answer> | null> {
  try {
    for await (const line of linesOf(response.body!, SHORT)) return JSON.parse(line) as Partial<Answer>;
  } catch (thrown) {
    if (thrown instanceof ClientError && thrown.failure.code === SERVER_SILENT) throw thrown;
  }
  return null;
}

async function send(
  origin: string,
  question: Question,
  headers: Record<string, string>,
  fetch: Fetch,
): Promise<Response> {
  try {
    return await fetch(origin + question.path, initOf(question, headers));
  } catch (thrown) {
    if (question.signal?.aborted) throw thrown;
    throw new ClientError(SERVER_DOWN, `No server answers at ${origin}. Start it with \`arxiv-gloss serve\`.`, {
      address: origin,
    });
  }
}

function initOf({ method, body, upload, signal }: Question, headers: Record<string, string>): RequestInit {
  const init: RequestInit = {
    method,
    headers,
    redirect: "error",
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  };
  if (body) init.body = JSON.stringify(body);
  if (upload) init.body = upload;
  if (signal) init.signal = signal;
  return init;
}

function headersOf({ body, upload }: Question): Record<string, string> {
  const headers: Record<string, string> = { "X-Arxiv-Gloss": "1" };
  if (body) headers["Content-Type"] = "application/json";
  if (upload) headers["Content-Type"] = upload.type || "application/pdf";
  return headers;
}

async function refusal(response: Response): Promise<ClientError> {
  const answer = (await response.json().catch(() => null)) as Partial<ErrorAnswer> | null;
  const message = answer?.error?.message ?? `The server answered with status ${response.status}.`;
  if (response.status === 401) return new ClientError(NOT_PAIRED, message);
  return new ClientError(answer?.error?.code ?? "internal", message);
}
