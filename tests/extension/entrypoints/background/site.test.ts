import { fakeBrowser } from "wxt/testing/fake-browser";

/** A browser with nothing stored; `sendMessage` is what speaking to a tab comes to. */
async function siteWith(sendMessage: () => Promise<unknown> = () => Promise.resolve(true)) {
  fakeBrowser.reset();
  vi.stubGlobal("chrome", fakeBrowser);
  for (const area of [fakeBrowser.storage.local, fakeBrowser.storage.session]) {
    vi.spyOn(area, "setAccessLevel").mockResolvedValue(undefined);
  }
  const said = vi.spyOn(fakeBrowser.tabs, "sendMessage").mockImplementation(sendMessage);
  vi.resetModules();
  const { readSettings } = await import("../../../../extension/entrypoints/background/store");
  const site = await import("../../../../extension/entrypoints/background/site");
  return { ...site, said, sitesOff: async () => (await readSettings()).sitesOff };
}

const TAB = { id: 7, url: "https://arxiv.org/abs/1706.03762", windowId: 1 };

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a site is switched off and on again, and no other with it", async () => {
  const { switchSite, sitesOff } = await siteWith();
  await switchSite("arxiv.org");
  await switchSite("www.arxiv.org", false);
  await switchSite("www.arxiv.org", false);
  expect(await sitesOff()).toEqual(["arxiv.org", "www.arxiv.org"]);
  await switchSite("arxiv.org");
  expect(await sitesOff()).toEqual(["www.arxiv.org"]);
});

test("a gloss that is asked for switches its site on", async () => {
  const { glossTab, switchSite, sitesOff, said } = await siteWith();
  await switchSite("arxiv.org", false);
  expect(await glossTab(TAB)).toBe(true);
  expect(said).toHaveBeenCalledWith(7, { type: "background-to-tab/gloss" });
  expect(await sitesOff()).toEqual([]);
});

test("a tab that was open before the extension is told apart, and no other page is spoken to", async () => {
  const { glossTab, said } = await siteWith(() => Promise.reject(new Error("no receiver")));
  expect(await glossTab(TAB)).toBe(false);
  expect(await glossTab({ ...TAB, url: "https://example.org/" })).toBe(false);
  expect(said).toHaveBeenCalledTimes(1);
});
