import { fakeBrowser } from "wxt/testing/fake-browser";
import { json } from "../../server";

/** The room of an extension of version 1.0.0 in whose folder another one may stand. */
async function roomWith(inFolder: object | null) {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.runtime, "getURL").mockImplementation((path) => `chrome-extension://ours${path}`);
  vi.spyOn(fakeBrowser.runtime, "getManifest").mockReturnValue({
    manifest_version: 3,
    name: "arXiv Gloss",
    version: "1.0.0",
  });
  const reload = vi.spyOn(fakeBrowser.runtime, "reload").mockImplementation(() => undefined);
  const reloadTab = vi.spyOn(fakeBrowser.tabs, "reload").mockImplementation(() => Promise.resolve());
  vi.stubGlobal("fetch", () =>
    inFolder ? Promise.resolve(json(inFolder)) : Promise.reject(new TypeError("Failed to fetch")),
  );
  vi.resetModules();
  return { ...(await import("../../../../extension/entrypoints/background/refresh")), reload, tabReload: reloadTab };
}

beforeEach(() => vi.stubGlobal("chrome", fakeBrowser));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("an extension that is behind its folder reloads once, then the page that it cut off", async () => {
  const room = await roomWith({ version: "1.0.1" });
  expect(await room.reloadIfBehind(7)).toBe(true);
  expect(await room.reloadIfBehind(8)).toBe(false);
  expect(room.reload).toHaveBeenCalledTimes(1);
  await room.reloadTab();
  await room.reloadTab();
  expect(room.tabReload.mock.calls).toEqual([[7]]);
});

test.each([{ version: "1.0.0" }, { version: 2 }, {}, null])("nothing is reloaded for %j", async (inFolder) => {
  const room = await roomWith(inFolder);
  expect(await room.reloadIfBehind(7)).toBe(false);
  await room.reloadTab();
  expect(room.reload).not.toHaveBeenCalled();
  expect(room.tabReload).not.toHaveBeenCalled();
});
