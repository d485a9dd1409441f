import { exportSaved, forgetPaper, readSaved, savePaper } from "../../../extension/client/saved";
import { fakeServer, json } from "../server";

const SERVER = { origin: "http://127.0.0.1:8417", token: "secret" };
const PAPER = { id: "2601.00001", title: "A title", authors: ["Jane Doe"] };

test("papers are read, saved, forgotten and exported at one address", async () => {
  const { fetch, asked } = fakeServer({
    "/v1/saved": ({ url }) => (url.includes("form") ? new Response("TY  - UNPB") : json({ papers: [PAPER] })),
  });
  expect(await readSaved(SERVER, fetch)).toEqual([PAPER]);
  expect(await savePaper(SERVER, PAPER, fetch)).toEqual([PAPER]);
  expect(await forgetPaper(SERVER, "2601.00001", fetch)).toEqual([PAPER]);
  expect(await exportSaved(SERVER, "ris", fetch)).toBe("TY  - UNPB");
  expect(asked.map(({ url, init }) => [init.method, new URL(url).search, init.body])).toEqual([
    ["GET", "", undefined],
    ["POST", "", JSON.stringify({ papers: [PAPER] })],
    ["DELETE", "", JSON.stringify({ id: "2601.00001" })],
    ["GET", "?form=ris", undefined],
  ]);
});

test("an answer without papers is a failure with a code", async () => {
  const { fetch } = fakeServer({ "/v1/saved": () => json({}) });
  await expect(readSaved(SERVER, fetch)).rejects.toMatchObject({
    failure: { code: "unreadable_answer" },
  });
});
