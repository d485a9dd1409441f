import { createHash, createHmac } from "node:crypto";
import type { Fetch } from "../../extension/client/server";

export interface Asked {
  url: string;
  init: RequestInit;
}

/** By what the server of these tests proves itself: its clients have the token `secret`. */
const SECRET = createHash("sha256").update("secret").digest();
export const SERVER_NONCE = "5".repeat(32);

export function macOf(...parts: string[]): string {
  return createHmac("sha256", SECRET).update(parts.join("\n")).digest("hex");
}

export function proved({ url, init }: Asked): Response {
  const { nonce } = JSON.parse(init.body as string) as { nonce: string };
  return json({ nonce: SERVER_NONCE, proof: macOf("server", new URL(url).port, nonce, SERVER_NONCE) });
}

/**
 * A server that answers from a table of paths, and keeps what it was asked. One that answers anything proves itself, which
 * is not kept.
 */
export function fakeServer(answers: Record<string, (asked: Asked) => Response | Promise<Response>>) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, init) => {
    const path = new URL(url).pathname;
    init.signal?.throwIfAborted();
    if (path === "/v1/challenge" && Object.keys(answers).length > 0) {
      return (answers[path] ?? proved)({ url, init });
    }
    asked.push({ url, init });
    const answer = answers[path];
    if (!answer) throw new TypeError("Failed to fetch");
    return answer({ url, init });
  };
  return { fetch, asked };
}

export const json = (body: object, status = 200): Response => new Response(JSON.stringify(body), { status });

export const refusal = (code: string, status: number): Response =>
  json({ error: { code, message: `Refused: ${code}.` } }, status);

/** A stream in chunks of the given size, which need not be lines. */
export function stream(text: string, size = 7): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let from = 0; from < bytes.length; from += size) controller.enqueue(bytes.slice(from, from + size));
      controller.close();
    },
  });
  return new Response(body);
}

export const STATUS = {
  version: "0.1.0",
  wire: 1,
  ready: true,
  targets: ["zh"],
  models: [],

  program: "arxiv-gloss",
  problem: null,
  damaged: [],
};
