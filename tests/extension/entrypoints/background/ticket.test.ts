import { fakeBrowser } from "wxt/testing/fake-browser";
import { json, refusal } from "../../server";

const FOLDER = "chrome-extension://ours/";
const ADDRESS = "http://127.0.0.1:9000";

/** The room with a folder that holds this invitation, and a server that answers its ticket like this. */
async function roomWith(invitation: object | null, answer: () => Response) {
  fakeBrowser.reset();
  for (const area of [fakeBrowser.storage.local, fakeBrowser.storage.session]) {
    vi.spyOn(area, "setAccessLevel").mockResolvedValue(undefined);
  }
  vi.spyOn(fakeBrowser.runtime, "getURL").mockImplementation((path) => FOLDER + path.slice(1));
  const asked: { url: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url === `${FOLDER}pairing.json`) {
      return invitation ? Promise.resolve(json(invitation)) : Promise.reject(new TypeError("Failed to fetch"));
    }
    asked.push({ url, body: JSON.parse(init.body as string) });
    return Promise.resolve(answer());
  });
  vi.resetModules();
  const [ticket, store] = await Promise.all([
    import("../../../../extension/entrypoints/background/ticket"),
    import("../../../../extension/entrypoints/background/store"),
  ]);
  return { ...ticket, ...store, asked };
}

beforeEach(() => vi.stubGlobal("chrome", fakeBrowser));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const INVITATION = { address: ADDRESS, ticket: "once" };
const TOKEN = () => json({ token: "secret" });

test("a ticket in the folder pairs with the server that it names, once for all who ask at once", async () => {
  const room = await roomWith(INVITATION, TOKEN);
  const servers = await Promise.all([room.pairedServer(), room.pairedServer()]);
  expect(servers).toEqual([1, 2].map(() => ({ origin: ADDRESS, token: "secret" })));
  expect(room.asked).toEqual([{ url: `${ADDRESS}/v1/pair/ticket`, body: { ticket: "once" } }]);
});

test("a refused ticket is not tried again, one that no server has seen is", async () => {
  let answer = () => refusal("not_allowed", 403);
  const refused = await roomWith(INVITATION, () => answer());
  expect((await refused.pairedServer()).token).toBeNull();
  expect((await refused.pairedServer()).token).toBeNull();
  expect(refused.asked).toHaveLength(1);

  answer = () => {
    throw new TypeError("Failed to fetch");
  };
  const later = await roomWith(INVITATION, () => answer());
  expect((await later.pairedServer()).token).toBeNull();
  answer = TOKEN;
  expect((await later.pairedServer()).token).toBe("secret");
});

test.each([null, {}, { address: "https://evil.example", ticket: "once" }, { address: ADDRESS }])(
  "without a ticket for a server on this machine nothing is asked: %j",
  async (invitation) => {
    const room = await roomWith(invitation, TOKEN);
    expect((await room.pairedServer()).token).toBeNull();
    expect(room.asked).toEqual([]);
  },
);

test("a token that the server refused gives way to a new ticket, but not one that came meanwhile", async () => {
  const room = await roomWith(INVITATION, TOKEN);
  await room.writeSettings({ address: ADDRESS });
  await room.writeToken(ADDRESS, "refused");
  expect(await room.pairAgain("refused")).toBe(true);
  expect(await room.pairAgain("refused")).toBe(true);
  expect(await room.readServer()).toEqual({ origin: ADDRESS, token: "secret" });
  expect(room.asked).toHaveLength(1);
});
