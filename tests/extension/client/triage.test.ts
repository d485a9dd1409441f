import { askTriage } from "../../../extension/client/triage";
import { fakeServer, json } from "../server";

const SERVER = { origin: "http://127.0.0.1:8417", token: "secret" };

test("changes and questions go together, and what is no answer of ours is refused", async () => {
  const papers = [{ id: "2401.01234", hidden: true, seen: false }];
  const { fetch, asked } = fakeServer({ "/v1/triage": () => json({ papers }) });
  const request = { ids: ["2401.01234"], changes: [{ id: "2401.01234", hidden: true }] };
  expect(await askTriage(SERVER, request, fetch)).toEqual(papers);
  expect(JSON.parse(asked.at(-1)!.init.body as string)).toEqual(request);
  const other = fakeServer({ "/v1/triage": () => json({}) });
  await expect(askTriage(SERVER, request, other.fetch)).rejects.toMatchObject({
    failure: { code: "unreadable_answer" },
  });
});
