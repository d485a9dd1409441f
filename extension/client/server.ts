import { NOT_PAIRED, SERVER_DOWN } from "../shared/failure";
import type { ErrorAnswer } from "../shared/wire";
import { ClientError } from "./errors";

/** A server on this machine, and the token that it gave us, if it did. */
export interface Server {
  /** A loopback origin; the token is sent nowhere else. */
  origin: string;
  token: string | null;
}

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
 * Ask the server; every answer but a good one becomes a ClientError.
 *
 * A redirect is an error too: following one could carry the token away. An abort is thrown as it is.
 */
export async function ask(server: Server, question: Question, fetch: Fetch = globalThis.fetch): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(server.origin + question.path, initOf(server, question));
  } catch (thrown) {
    if (question.signal?.aborted) throw thrown;
    throw new ClientError(SERVER_DOWN, `No server answers at ${server.origin}. Start it with \`arxiv-gloss serve\`.`, {
      address: server.origin,
    });
  }
  if (response.ok) return response;
  throw await refusal(response);
}

function initOf({ token }: Server, { method, body, upload, signal }: Question): RequestInit {
  const init: RequestInit = {
    method,
    headers: headersOf(token, body, upload),
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

function headersOf(token: string | null, body?: object, upload?: Blob): Record<string, string> {
  const headers: Record<string, string> = { "X-Arxiv-Gloss": "1" };
  if (token !== null) headers["Authorization"] = `Bearer ${token}`;
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
