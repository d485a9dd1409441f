import { addTerms, readTerms, removeTerm } from "../../../extension/client/glossary";
import { fakeServer, json, refusal } from "../server";

const SERVER = { origin: "http://127.0.0.1:8417", token: "secret" };
const TERMS = [{ source: "token", target: "词元" }];

test("the terms are read, added and removed at one address", async () => {
  const { fetch, asked } = fakeServer({
    "/v1/glossary": () => json({ terms: TERMS }),
  });
  expect(await readTerms(SERVER, fetch)).toEqual(TERMS);
  expect(await addTerms(SERVER, TERMS, fetch)).toEqual(TERMS);
  expect(await removeTerm(SERVER, "token", fetch)).toEqual(TERMS);
  expect(asked.map(({ init }) => [init.method, init.body])).toEqual([
    ["GET", undefined],
    ["POST", JSON.stringify({ terms: TERMS })],
    ["DELETE", JSON.stringify({ source: "token" })],
  ]);
});

test.each([
  ["a refusal", () => refusal("bad_request", 400), "bad_request"],
  ["no terms", () => json({}), "unreadable_answer"],
])("%s is a failure with a code", async (_, answer, code) => {
  const { fetch } = fakeServer({ "/v1/glossary": answer });
  await expect(readTerms(SERVER, fetch)).rejects.toMatchObject({
    failure: { code },
  });
});
