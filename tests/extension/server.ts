import type { Fetch } from "../../extension/client/server";

export interface Asked {
  url: string;
  init: RequestInit;
}

/** A server that answers from a table of paths, and keeps what it was asked. */
export function fakeServer(answers: Record<string, (asked: Asked) => Response | Promise<Response>>) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, init) => {
    asked.push({ url, init });
    init.signal?.throwIfAborted();
    const answer = answers[new URL(url).pathname];
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
};
