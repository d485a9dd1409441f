import { act } from "preact/test-utils";
import { AbstractController } from "../../../../../extension/entrypoints/content/abstract/AbstractController";
import { Session } from "../../../../../extension/entrypoints/content/session";
import type { PaperPage } from "../../../../../extension/page";
import type { PageSettings } from "../../../../../extension/shared/settings";
import { goldenEvents } from "../../../fixtures";
import { fakeGlossPort, fakeLifetime, fakePage, panelsOf, PAPER, settingsWith, settled } from "../fakes";

interface MountOptions {
  onCollapse?: () => void;
  page?: Partial<PaperPage>;
}

async function mount(settings: Partial<PageSettings> | null = {}, { page: change, ...options }: MountOptions = {}) {
  document.body.replaceChildren();
  const end = fakeGlossPort();
  const lifetime = fakeLifetime();
  const page = fakePage(change);
  const stored = Promise.resolve(settings && settingsWith(settings));
  new AbstractController(page.page, new Session(end.port, lifetime, stored), options);
  await settled();
  const root = panelsOf()[0]!;
  const button = (name: string) =>
    [...root.querySelectorAll<HTMLElement>("button")].find((one) => (one.ariaLabel ?? one.textContent) === name)!;
  return {
    ...end,
    ...page,
    lifetime,
    root,
    press: (name: string) => act(() => button(name).click()),
    asked: () => end.sentOf("content-to-background/gloss"),
    fill: (name = "ordinary.ndjson") =>
      goldenEvents(name).forEach((event) => end.say({ type: "background-to-content/event", event })),
  };
}

test("nothing is asked before the settings are known, and then the paper is", async () => {
  const panel = await mount(null);
  expect(panel.asked()).toEqual([]);
  expect(panel.root.querySelector(".skeleton")).not.toBeNull();
  panel.sayDifferentSettings({});
  await settled();
  expect(panel.asked()).toEqual([{ type: "content-to-background/gloss", paper: PAPER }]);
});

test("who glosses on a click sees an offer, and the click asks", async () => {
  const panel = await mount({ automatic: false });
  expect(panel.asked()).toEqual([]);
  await panel.press("Gloss this abstract");
  await settled();
  expect(panel.asked()).toHaveLength(1);
});

test.each([
  ["another target", { target: "zh-TW" }, 2],
  ["another glossary", { revision: 1 }, 2],
  ["another theme", { theme: "dark" }, 1],
] as const)("%s, while the panel is open", async (_name, change, times) => {
  const panel = await mount();
  panel.fill();
  panel.sayDifferentSettings(change);
  await settled();
  expect(panel.asked()).toHaveLength(times);
});

test("the worker is kept alive while a gloss is awaited, and no longer", async () => {
  const panel = await mount();
  expect(panel.port.isKeptAlive).toBe(true);
  panel.fill();
  expect(panel.port.isKeptAlive).toBe(false);
});

test("a worker that dies is asked again, but not for ever", async () => {
  const panel = await mount();
  for (let times = 0; times < 9; times++) panel.breakOff();
  await settled();
  expect(panel.asked()).toHaveLength(6);
});

test("a worker that dies after the gloss is done is not asked again", async () => {
  const panel = await mount();
  panel.fill();
  panel.breakOff();
  await settled();
  expect(panel.asked()).toHaveLength(1);
});

test.each([
  ["server_down", 2],
  ["not_paired", 2],
  ["not_english", 1],
])("after %s, coming back to the page", async (code, times) => {
  const panel = await mount();
  panel.say({ type: "background-to-content/failed", failure: { code, message: "" } });
  window.dispatchEvent(new Event("focus"));
  await settled();
  expect(panel.asked()).toHaveLength(times);
});

test("when the extension is updated the panel says so, and asks nothing any more", async () => {
  const panel = await mount();
  panel.lifetime.end();
  expect(panel.root.querySelector(".notice")?.textContent).toContain("Reload this page");
  await panel.press("Try again");
  await settled();
  expect(panel.asked()).toHaveLength(1);
  expect(panel.root.querySelector(".notice")?.textContent).toContain("Reload this page");
});

test("pointing at a translated sentence highlights its original, and the other way round", async () => {
  const panel = await mount();
  panel.fill();
  const second = panel.root.querySelectorAll<HTMLElement>("[data-stop]")[1]!;
  await act(() => void second.dispatchEvent(new Event("pointerenter")));
  const { span } = goldenEvents("ordinary.ndjson").flatMap((one) => (one.event === "segment" ? [one] : []))[1]!;
  expect(panel.highlighted.at(-1)).toEqual([span]);
  await act(() => panel.point(0));
  expect(panel.root.querySelector(".highlighted")?.getAttribute("data-stop")).toBe("0");
});

test("folding is kept for all pages, unless the page has its own way", async () => {
  const panel = await mount();
  await panel.press("Hide the gloss");
  expect(panel.sentOf("content-to-background/collapse")).toEqual([
    { type: "content-to-background/collapse", collapsed: true },
  ]);
  const onCollapse = vi.fn();
  const opened = await mount({}, { onCollapse });
  await opened.press("Hide the gloss");
  expect(onCollapse).toHaveBeenCalledWith(true);
  expect(opened.sentOf("content-to-background/collapse")).toEqual([]);
});

test("the paper is saved with its authors, and shown as saved whatever its version", async () => {
  const panel = await mount();
  await panel.press("Save for later");
  const [saved] = panel.sentOf("content-to-background/save");
  expect(saved).toEqual({ type: "content-to-background/save", paper: { ...PAPER, authors: ["Jane Doe"] }, keep: true });
  panel.say({ type: "background-to-content/saved", ids: ["2401.01234"] });
  await panel.press("Saved");
  expect(panel.sentOf("content-to-background/save")[1]?.keep).toBe(false);
});

test("of a withdrawn paper that is said first, with the reason, and its gloss is made on request", async () => {
  const readComments = () => "Lemma 3 is wrong";
  const panel = await mount({}, { page: { withdrawn: "this", readComments } });
  expect(panel.asked()).toEqual([]);
  const warning = panel.root.querySelector(".warning")!;
  expect(warning.textContent).toContain("has been withdrawn");
  expect(warning.querySelector("q")?.textContent).toBe("Lemma 3 is wrong");
  await panel.press("Gloss this abstract");
  await settled();
  expect(panel.asked()).toHaveLength(1);
});

test("an older version leads to the newest", async () => {
  const panel = await mount({}, { page: { latest: "2401.01234v4" } });
  const link = panel.root.querySelector<HTMLAnchorElement>(".remark a")!;
  expect([link.getAttribute("href"), link.textContent]).toEqual(["/abs/2401.01234v4", "2401.01234v4"]);
});

test("who reads English has the key sentences tinted in the original, and reads none of them twice", async () => {
  const panel = await mount({ target: "en" });
  panel.fill("english.ndjson");
  expect(panel.marked.at(-1)).not.toEqual([]);
  expect(panel.root.textContent).not.toContain("SplitNet");
  expect([...panel.root.querySelectorAll(".label")].map((label) => label.textContent)).toContain("Method");
  await act(() => panel.sayDifferentSettings({ target: "zh" }));
  expect(panel.marked.at(-1)).toEqual([]);
});

test("the room that was held is given back when the reader does something, not before", async () => {
  const panel = await mount();
  panel.fill();
  expect(panel.root.querySelector(".skeleton")).not.toBeNull();
  await act(() => void window.dispatchEvent(new Event("scroll")));
  expect(panel.root.querySelector(".skeleton")).toBeNull();
});
