import {
  serveGlossPort,
  type BackgroundDeps,
  type PortEnd,
} from "../../../../extension/entrypoints/background/gloss-port";
import type { BackgroundToContent } from "../../../../extension/shared/messages";
import { DEFAULTS } from "../../../../extension/shared/settings";
import { fakeServer, json, refusal, STATUS, stream, type Asked } from "../../server";
import { goldenStreams } from "../../fixtures";

/** Proofs are made by threads of the system's, which a busy machine leaves waiting. */
const soon = (assertion: () => void): Promise<void> => vi.waitFor(assertion, { timeout: 30_000 });

const ORDINARY = goldenStreams().find(({ name }) => name === "ordinary.ndjson")!.text;
const GLOSS = {
  type: "content-to-background/gloss",
  paper: { id: "2401.01234v2", title: "A title", abstract: "Some text." },
};

/** One end of a port, with the other end in the test's hands. */
function fakePort() {
  const posted: BackgroundToContent[] = [];
  let onMessage = (_message: unknown): void => undefined;
  let onDisconnect = (): void => undefined;
  const port: PortEnd = {
    postMessage: (message) => void posted.push(message),
    onMessage: { addListener: (listener) => void (onMessage = listener) },
    onDisconnect: { addListener: (listener) => void (onDisconnect = listener) },
  };
  return {
    port,
    posted,
    say: (message: unknown) => onMessage(message),
    close: () => onDisconnect(),
  };
}

function open(answers: Parameters<typeof fakeServer>[0], needs: Partial<BackgroundDeps> = {}) {
  const server = fakeServer(answers);
  const end = fakePort();
  serveGlossPort(end.port, {
    readServer: () => Promise.resolve({ origin: "http://127.0.0.1:8417", token: "secret" }),
    pairAgain: () => Promise.resolve(false),
    readSettings: () => Promise.resolve({ ...DEFAULTS, target: "zh-TW" }),
    keepProgram: vi.fn(),
    tellReach: vi.fn(),
    keepLayout: vi.fn(async () => undefined),
    collapse: vi.fn(() => Promise.resolve()),
    foldAbstracts: vi.fn(() => Promise.resolve()),
    openOptions: vi.fn(() => Promise.resolve()),
    openPaper: vi.fn(),
    openSaved: vi.fn(() => Promise.resolve()),
    watchPageSettings: () => () => undefined,
    fetch: server.fetch,
    wait: () => Promise.resolve(),
    ...needs,
  });
  const kinds = (): string[] =>
    end.posted.map((message) =>
      message.type === "background-to-content/event"
        ? message.event.event
        : message.type === "background-to-content/failed"
          ? message.failure.code
          : "look",
    );
  return { ...end, ...server, kinds };
}

const saidOf = (posted: BackgroundToContent[]) =>
  posted.filter(({ type }) => type !== "background-to-content/settings");

test("a paper is saved and forgotten beside the gloss, and the page hears which are saved", async () => {
  const paper = {
    id: "2401.01234",
    title: "A title",
    authors: ["Jane Doe"],
    abstract: null,
  };
  const line = open({
    "/v1/saved": ({ init }) => json({ papers: init.method === "DELETE" ? [] : [paper] }),
  });
  line.say({ type: "content-to-background/saved" });
  line.say({ type: "content-to-background/save", paper, keep: true });
  line.say({ type: "content-to-background/save", paper, keep: false });
  await soon(() => expect(saidOf(line.posted)).toHaveLength(3));
  expect(line.asked.map(({ init }) => init.method).sort()).toEqual(["DELETE", "GET", "POST"]);
  expect(bodyOf(line.asked.find(({ init }) => init.method === "POST"))).toEqual({ papers: [paper] });
});

test("a paper that could not be saved is told, and one that could not be looked up is not", async () => {
  const line = open({});
  line.say({ type: "content-to-background/saved" });
  const paper = {
    id: "2401.01234",
    title: "A title",
    authors: [],
    abstract: null,
  };
  line.say({ type: "content-to-background/save", paper, keep: true });
  await soon(() => expect(line.kinds()).toContain("server_down"));
  expect(saidOf(line.posted)).toHaveLength(1);
});

const bodyOf = (asked: Asked | undefined): unknown => JSON.parse(asked?.init.body as string);

test("a page learns how to look before it asks anything, and never the address or the token", async () => {
  const { posted } = open({});
  await soon(() => expect(posted).toHaveLength(1));
  expect(JSON.stringify(posted)).not.toMatch(/secret|8417/);
});

test("a paper is glossed in the target of the settings, and every event goes home", async () => {
  const line = open({
    "/v1/status": () => json(STATUS),
    "/v1/gloss": () => stream(ORDINARY),
  });
  line.say(GLOSS);
  await soon(() => expect(line.kinds()).toContain("done"));
  expect(bodyOf(line.asked.at(-1))).toEqual({
    ...GLOSS.paper,
    target: "zh-TW",
  });
  expect(line.kinds().slice(1)).toEqual(
    ORDINARY.trim()
      .split("\n")
      .map((text) => (JSON.parse(text) as { event: string }).event),
  );
});

test("another program on the port is told nothing, and the page is told of it", async () => {
  const told: string[] = [];
  const stranger = (_asked: Asked): Response => json(STATUS);
  const line = open({
    "/v1/challenge": (asked) => {
      told.push(JSON.stringify(asked.init));
      return stranger(asked);
    },
    "/v1/status": stranger,
    "/v1/gloss": stranger,
  });
  line.say(GLOSS);
  line.say({ type: "content-to-background/saved" });
  await soon(() => expect(line.kinds()).toContain("another_program"));
  expect(line.asked).toEqual([]);
  expect(told.join()).not.toMatch(/secret|Some text|2401/);
});

test("a server of another version is told before anything is asked of it", async () => {
  const line = open({ "/v1/status": () => json({ ...STATUS, wire: 99 }) });
  line.say(GLOSS);
  await soon(() => expect(line.kinds()).toContain("extension_too_old"));
  expect(line.asked).toHaveLength(1);
});

test("when the stream breaks, it asks again, and the server replays", async () => {
  let times = 0;
  const line = open({
    "/v1/status": () => json(STATUS),
    "/v1/gloss": () => stream(times++ === 0 ? ORDINARY.split("\n")[0]! + "\n" : ORDINARY),
  });
  line.say(GLOSS);
  await soon(() => expect(line.kinds()).toContain("done"));
  expect(line.kinds().filter((kind) => kind === "started")).toHaveLength(2);
  expect(line.kinds()).not.toContain("interrupted");
});

test("a server that breaks off again and again is given up", async () => {
  const line = open({
    "/v1/status": () => json(STATUS),
    "/v1/gloss": () => stream(""),
  });
  line.say(GLOSS);
  await soon(() => expect(line.kinds()).toContain("interrupted"));
  expect(line.asked.filter(({ url }) => url.endsWith("/v1/gloss"))).toHaveLength(3);
});

test("a page may ask for the PDF of a paper, and for nothing that is no id", () => {
  const openPaper = vi.fn();
  const { say } = open({}, { openPaper });
  for (const id of ["1706.03762v7", "hep-th/9901001", "../etc", "https://evil.com/1.pdf", 7]) {
    say({ type: "content-to-background/pdf", id });
  }
  expect(openPaper.mock.calls).toEqual([
    ["1706.03762v7", false],
    ["hep-th/9901001", false],
  ]);
});

test("closing the panel aborts the request", async () => {
  const aborted = vi.fn();
  const line = open({
    "/v1/status": () => json(STATUS),
    "/v1/gloss": ({ init }) =>
      new Promise((_resolve, reject) => {
        init.signal?.addEventListener("abort", () => {
          aborted();
          reject(new DOMException("", "AbortError"));
        });
      }),
  });
  line.say(GLOSS);
  await soon(() => expect(line.asked).toHaveLength(2));
  line.close();
  expect(aborted).toHaveBeenCalledOnce();
  expect(line.kinds()).toEqual(["look"]);
});

test.each([
  ["the server is there", { "/v1/status": () => refusal("not_allowed", 401) }, "not_paired"],
  ["another program is there", { "/v1/status": () => json(STATUS) }, "another_program"],
  ["no server is there", {}, "server_down"],
])("unpaired, while %s", async (_name, answers, code) => {
  const line = open(answers, {
    readServer: () => Promise.resolve({ origin: "http://127.0.0.1:8417", token: null }),
  });
  line.say(GLOSS);
  await soon(() => expect(line.kinds()).toContain(code));
  expect(line.asked.every(({ url }) => url.endsWith("/v1/status"))).toBe(true);
});

test.each([
  null,
  "content-to-background/gloss",
  { type: "options-to-background/unpair" },
  { type: "content-to-background/gloss" },
  {
    type: "content-to-background/gloss",
    paper: { id: 1, title: null, abstract: "x" },
  },
  {
    type: "content-to-background/gloss",
    paper: { id: null, title: null, abstract: "x".repeat(200_000) },
  },
  { type: "content-to-background/collapse", collapsed: "yes" },
])("a message that is none of ours is not obeyed: %j", async (message) => {
  const collapse = vi.fn(() => Promise.resolve());
  const line = open({ "/v1/status": () => json(STATUS), "/v1/gloss": () => stream(ORDINARY) }, { collapse });
  line.say(message);
  await soon(() => expect(line.kinds()).toEqual(["look"]));
  expect(line.asked).toEqual([]);
  expect(collapse).not.toHaveBeenCalled();
});
