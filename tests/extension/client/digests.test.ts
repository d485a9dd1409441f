import { readDigests } from "../../../extension/client/digests";
import { fakeServer, json } from "../server";

const SERVER = { origin: "http://127.0.0.1:8417", token: "secret" };

test("the digests come with the address of their pages", async () => {
  const told = {
    address: "/digest/key/",
    digests: [{ day: "2026-01-02", topic: "cs.CL", papers: 4, page: "x.html" }],
  };
  const { fetch } = fakeServer({ "/v1/digests": () => json(told) });
  expect(await readDigests(SERVER, fetch)).toEqual(told);
});

test("another answer is a failure with a code", async () => {
  const { fetch } = fakeServer({ "/v1/digests": () => json({}) });
  await expect(readDigests(SERVER, fetch)).rejects.toMatchObject({
    failure: { code: "unreadable_answer" },
  });
});
