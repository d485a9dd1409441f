import { fakeBrowser } from "wxt/testing/fake-browser";
import { DEFAULTS } from "../../../../extension/shared/settings";

/** The store with what an extension of the past has left in the browser. */
async function storeWith(stored: Record<string, unknown>) {
  fakeBrowser.reset();
  for (const area of [fakeBrowser.storage.local, fakeBrowser.storage.session]) {
    vi.spyOn(area, "setAccessLevel").mockResolvedValue(undefined);
  }
  await fakeBrowser.storage.local.set(stored);
  vi.resetModules();
  return import("../../../../extension/entrypoints/background/store");
}

beforeEach(() => vi.stubGlobal("chrome", fakeBrowser));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Chosen by the reader: they are others than the defaults of then. */
const KEYS = { next: "n", previous: "p", open: "o", hide: "h", save: "s" };
const NEW = {
  foldAbstracts: true,
  keys: { ...DEFAULTS.keys, ...KEYS },
  layout: DEFAULTS.layout,
  program: DEFAULTS.program,
  sitesOff: [],
};

const BEFORE_VERSIONS = {
  address: "http://127.0.0.1:9000",
  target: "zh-TW",
  automatic: false,
  language: "zh",
  theme: "dark",
  collapsed: true,
  keys: KEYS,
};

test("settings of before versions survive the update, whole", async () => {
  const store = await storeWith({ settings: { ...BEFORE_VERSIONS, terms: 7 } });
  expect(await store.readSettings()).toEqual({ ...BEFORE_VERSIONS, revision: 7, ...NEW });
  await store.writeSettings({ theme: "light" });
  expect((await store.readSettings()).revision).toBe(7);
});

test("keys that nobody chose become those of now", async () => {
  const keys = { next: ".", previous: ",", open: "1", hide: "2", save: "3" };
  const store = await storeWith({ settings: { ...BEFORE_VERSIONS, keys }, settings$: { v: 2 } });
  expect((await store.readSettings()).keys).toEqual(DEFAULTS.keys);
});

test("a pairing survives the update, and belongs to its address alone", async () => {
  const pairing = { origin: "http://127.0.0.1:9000", token: "secret" };
  const store = await storeWith({ settings: { ...BEFORE_VERSIONS, terms: 0 }, pairing });
  expect(await store.readServer()).toEqual(pairing);
  await store.writeSettings({ address: "http://127.0.0.1:9001" });
  expect(await store.readServer()).toEqual({ origin: "http://127.0.0.1:9001", token: null });
});

test("a browser that has stored nothing has the defaults", async () => {
  const store = await storeWith({});
  expect(await store.readSettings()).toEqual(DEFAULTS);
  expect(await store.readServer()).toEqual({ origin: DEFAULTS.address, token: null });
  await store.writeSettings({ target: "de" });
  expect((await store.readSettings()).target).toBe("de");
});

test("changes at the same time lose nothing, and are told", async () => {
  const store = await storeWith({});
  const heard: number[] = [];
  store.watchSettings(({ revision }) => heard.push(revision));
  await Promise.all([store.raiseRevision(), store.writeSettings({ theme: "dark" }), store.raiseRevision()]);
  expect(await store.readSettings()).toMatchObject({ revision: 2, theme: "dark" });
  expect(heard.at(-1)).toBe(2);
});

test("pages are shown their settings, and neither address nor token", async () => {
  const store = await storeWith({});
  await store.writeToken(DEFAULTS.address, "secret");
  await store.writeSettings({ target: "zh-TW" });
  const published = JSON.stringify(await fakeBrowser.storage.session.get(null));
  expect(published).toContain("zh-TW");
  expect(published).not.toMatch(/secret|8417/);
});
