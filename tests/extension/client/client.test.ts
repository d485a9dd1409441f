import { failureOf } from "../../../extension/client/errors";
import { gloss } from "../../../extension/client/gloss";
import { linesOf } from "../../../extension/client/ndjson";
import { pair } from "../../../extension/client/pairing";
import { ask } from "../../../extension/client/server";
import { askStatus } from "../../../extension/client/status";
import { glossFullText } from "../../../extension/client/fulltext";
import { WIRE, type Event as GlossEvent, type WholeEvent } from "../../../extension/shared/wire";
import { goldenEvents, goldenStreams } from "../fixtures";
import { fakeServer, json, macOf, proved, refusal, SERVER_NONCE, STATUS, stream, type Asked } from "../server";

const SERVER = { origin: "http://127.0.0.1:8417", token: "secret" };

async function collect(
  fetch: Parameters<typeof gloss>[3],
  signal = new AbortController().signal,
): Promise<GlossEvent[]> {
  const events: GlossEvent[] = [];
  for await (const event of gloss(SERVER, { abstract: "Some text.", target: "zh" }, signal, fetch)) events.push(event);
  return events;
}

async function failureCode(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no failure",
    (thrown: unknown) => failureOf(thrown).code,
  );
}

test("a proof goes in a header, to the server's own origin, the token nowhere, and no redirect is followed", async () => {
  const { fetch, asked } = fakeServer({ "/v1/status": () => json(STATUS) });
  await ask(SERVER, { method: "GET", path: "/v1/status" }, fetch);
  expect(asked[0]?.url).toBe("http://127.0.0.1:8417/v1/status");
  const proof = `${macOf("pairing").slice(0, 32)}.${SERVER_NONCE}.${macOf("client", "8417", "GET /v1/status", SERVER_NONCE)}`;
  expect(asked[0]?.init).toMatchObject({
    redirect: "error",
    credentials: "omit",
    headers: { "X-Arxiv-Gloss": "1", "X-Arxiv-Gloss-Proof": proof },
  });
});

test.each(goldenStreams().filter(({ name }) => !["list.ndjson", "whole.ndjson"].includes(name)))(
  "the golden stream $name comes through in any chunks",
  async ({ name, text }) => {
    for (const size of [1, 7, 10_000]) {
      const { fetch } = fakeServer({ "/v1/gloss": () => stream(text, size) });
      expect(await collect(fetch)).toEqual(goldenEvents(name));
    }
  },
);

test("a whole paper comes from its id or from the PDF itself, with its pictures", async () => {
  const golden = goldenEvents<WholeEvent>("whole.ndjson");
  const { fetch, asked } = fakeServer({
    "/v1/pdf": () => stream(golden.map((one) => JSON.stringify(one)).join("\n")),
    "/v1/html": () => stream(golden.map((one) => JSON.stringify(one)).join("\n")),
  });
  const pdf = new Blob(["%PDF"]);
  const page = {
    id: "1706.03762v7",
    html: "<article>",
    readPicture: () => Promise.resolve(null),
  };
  for (const paper of [{ id: "1706.03762v7" }, { pdf }, page]) {
    const events: WholeEvent[] = [];
    for await (const event of glossFullText(SERVER, paper, "zh-TW", new AbortController().signal, fetch))
      events.push(event);
    expect(events).toEqual(golden);
  }
  expect(JSON.parse(asked[0]?.init.body as string)).toEqual({
    id: "1706.03762v7",
    target: "zh-TW",
    pictures: true,
  });
  expect(asked[1]?.url).toBe("http://127.0.0.1:8417/v1/pdf?pictures=true&target=zh-TW");
  expect(asked[1]?.init.body).toMatchObject({ size: 4 });
  expect(asked[1]?.init.headers).toMatchObject({
    "Content-Type": "application/pdf",
  });
  expect(asked[2]?.url).toBe("http://127.0.0.1:8417/v1/html?id=1706.03762v7&target=zh-TW");
  expect(asked[2]?.init.headers).toMatchObject({ "Content-Type": "text/html" });
});

test("a line may be cut inside of a character", async () => {
  const lines: string[] = [];
  for await (const line of linesOf(stream("译文\n注", 2).body!)) lines.push(line);
  expect(lines).toEqual(["译文", "注"]);
});

test("an event of a kind from the future is passed over", async () => {
  const text = `{"event":"hologram"}\n` + goldenStreams().find(({ name }) => name === "error.ndjson")!.text;
  const { fetch } = fakeServer({ "/v1/gloss": () => stream(text) });
  expect((await collect(fetch)).map(({ event }) => event)).toEqual(["started", "error"]);
});

test.each([
  ["no server", {}, "server_down"],
  ["no token", { "/v1/gloss": () => refusal("not_allowed", 401) }, "not_paired"],
  ["a refusal", { "/v1/gloss": () => refusal("not_english", 422) }, "not_english"],
  ["no JSON in the refusal", { "/v1/gloss": () => new Response("oops", { status: 500 }) }, "internal"],
  ["a stream that ends early", { "/v1/gloss": () => stream(`{"event":"alive"}\n`) }, "interrupted"],
  ["a line that is no JSON", { "/v1/gloss": () => stream("<html>\n") }, "unreadable_answer"],
])("%s is told apart", async (_name, answers, code) => {
  expect(await failureCode(collect(fakeServer(answers).fetch))).toBe(code);
});

test("an abort is no failure", async () => {
  const controller = new AbortController();
  controller.abort();
  const { fetch } = fakeServer({ "/v1/gloss": () => stream("") });
  await expect(collect(fetch, controller.signal)).rejects.toThrow(/abort/i);
});

test.each([
  [WIRE, "no failure"],
  [WIRE - 1, "server_too_old"],
  [WIRE + 1, "extension_too_old"],
])("wire version %i: %s", async (wire, code) => {
  const { fetch } = fakeServer({
    "/v1/status": () => json({ ...STATUS, wire }),
  });
  expect(await failureCode(askStatus(SERVER, undefined, fetch))).toBe(code);
});

test("another program at the port is not taken for the server", async () => {
  const { fetch } = fakeServer({
    "/v1/status": () => json({ hello: "world" }),
  });
  expect(await failureCode(askStatus(SERVER, undefined, fetch))).toBe("unreadable_answer");
});

const answersWith = (answer: (asked: Asked) => Response) => ({
  "/v1/challenge": answer,
  "/v1/status": () => json(STATUS),
});

test.each([
  ["a page", () => new Response("<html>")],
  ["a status", () => json(STATUS)],
  ["an error of its own", () => json({ oops: 1 }, 500)],
  ["the client's own nonce", ({ init }: Asked) => json({ ...JSON.parse(init.body as string), proof: "0".repeat(64) })],
  ["no proof", () => json({ nonce: SERVER_NONCE, proof: "" })],
  ["what was proved at another port", ({ init }: Asked) => proved({ url: "http://127.0.0.1:8418/", init })],
  ["what was proved before", ({ url }: Asked) => proved({ url, init: { body: `{"nonce":"${SERVER_NONCE}"}` } })],
  ["a line without an end", () => new Response("x".repeat(100_000))],
])("a program that answers a challenge with %s is told nothing more", async (_name, answer) => {
  const { fetch, asked } = fakeServer(answersWith(answer));
  expect(await failureCode(ask(SERVER, { method: "GET", path: "/v1/status" }, fetch))).toBe("another_program");
  expect(asked).toEqual([]);
});

test.each([
  ["not_paired", 401, "not_paired"],
  ["not_allowed", 403, "not_allowed"],
  ["not_allowed", 401, "server_too_old"],
  ["state", 500, "state"],
])("a server that refuses a challenge by %s %i is told nothing more", async (code, status, shown) => {
  const { fetch, asked } = fakeServer(answersWith(() => refusal(code, status)));
  expect(await failureCode(ask(SERVER, { method: "GET", path: "/v1/status" }, fetch))).toBe(shown);
  expect(asked).toEqual([]);
});

test("each challenge is a new one", async () => {
  const nonces: string[] = [];
  const { fetch } = fakeServer(
    answersWith((asked) => {
      nonces.push((JSON.parse(asked.init.body as string) as { nonce: string }).nonce);
      return proved(asked);
    }),
  );
  for (const _ of [1, 2]) await ask(SERVER, { method: "GET", path: "/v1/status" }, fetch);
  expect(new Set(nonces).size).toBe(2);
  expect(nonces[0]).toMatch(/^[0-9a-f]{32}$/);
});

test("a program that takes a connection and says nothing is told of in time", async () => {
  const limit = new AbortController();
  const waits = vi.spyOn(AbortSignal, "timeout").mockReturnValue(limit.signal);
  const hangs = (_url: string, { signal }: RequestInit): Promise<Response> =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("", "TimeoutError")));
    });
  const failure = failureCode(askStatus(SERVER, undefined, hangs));
  await vi.waitFor(() => expect(waits).toHaveBeenCalledWith(15_000));
  limit.abort();
  expect(await failure).toBe("server_silent");
  vi.restoreAllMocks();
});

test("a code is exchanged for a token, without sending one", async () => {
  const { fetch, asked } = fakeServer({
    "/v1/pair": () => json({ token: "new" }),
  });
  expect(await pair(SERVER.origin, " 123456 ", fetch)).toBe("new");
  expect(asked[0]?.init.body).toBe(`{"code":"123456"}`);
  expect(asked[0]?.init.headers).not.toHaveProperty("X-Arxiv-Gloss-Proof");
});

test.each([401, 403])("a wrong code is told from a missing pairing (status %i)", async (status) => {
  const { fetch } = fakeServer({
    "/v1/pair": () => refusal("not_allowed", status),
  });
  expect(await failureCode(pair(SERVER.origin, "000000", fetch))).toBe("wrong_code");
});
