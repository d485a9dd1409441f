import { act } from "preact/test-utils";
import { ListController } from "../../../../../extension/entrypoints/content/list/ListController";
import { Session } from "../../../../../extension/entrypoints/content/session";
import type { ListEntry, ListPage } from "../../../../../extension/page";
import type { PageSettings } from "../../../../../extension/shared/settings";
import type { Event as GlossEvent } from "../../../../../extension/shared/wire";
import { goldenEvents } from "../../../fixtures";
import { fakeGlossPort, fakeLifetime, settingsWith, settled } from "../fakes";

const DONE = goldenEvents("ordinary.ndjson").at(-1)!;

/** What is on the screen is what the test says. */
class FakeObserver {
  static readonly all = new Map<Element, FakeObserver>();
  constructor(private readonly onChange: IntersectionObserverCallback) {}
  observe(element: Element): void {
    FakeObserver.all.set(element, this);
  }
  disconnect(): void {
    FakeObserver.all.clear();
  }
  static show(elements: readonly Element[], isIntersecting = true): void {
    for (const element of elements) {
      const boundingClientRect = { bottom: isIntersecting ? 100 : -1 };
      const entry = { target: element, isIntersecting, boundingClientRect } as unknown as IntersectionObserverEntry;
      this.all.get(element)?.onChange([entry], null as unknown as IntersectionObserver);
    }
  }
}

function entryOf(index: number, abstract: string | null): ListEntry {
  const element = document.createElement("dd");
  element.scrollIntoView = vi.fn();
  document.body.append(element);
  return {
    id: `2401.0000${index}`,
    title: `Paper ${index}`,
    authors: ["Jane Doe"],
    abstract,
    categories: ["cs.CL"],
    elements: [element],
    isWithdrawn: false,
    placeTitle: (host) => element.append(host),
    place: (host) => element.append(host),
    placeOpened: (host) => element.append(host),
    foldAbstract: (isFolded) => (element.dataset.folded = String(isFolded)),
    watchFound: () => undefined,
    original: () => null,
  };
}

async function mount(abstracts: (string | null)[], settings: Partial<PageSettings> = {}) {
  document.body.replaceChildren();
  vi.stubGlobal("IntersectionObserver", FakeObserver);
  const entries = abstracts.map((abstract, index) => entryOf(index, abstract));
  const page: ListPage = { entries, place: (host) => document.body.prepend(host) };
  const end = fakeGlossPort();
  const lifetime = fakeLifetime();
  new ListController(page, new Session(end.port, lifetime, Promise.resolve(settingsWith(settings))), lifetime);
  await settled();
  const partOf = (index: number, name: string) => entries[index]!.elements[0]!.querySelector(`.arxiv-gloss-${name}`)!;
  const rootOf = (index: number) => partOf(index, "entry").shadowRoot!;
  const asked = () => end.sentOf("content-to-background/list").map(({ papers, parts }) => [papers.length, parts]);
  return {
    ...end,
    lifetime,
    entries,
    rootOf,
    titleOf: (index: number) => partOf(index, "title").shadowRoot?.querySelector(".entry-title") ?? null,
    asked,
    bar: () => document.querySelector(".arxiv-gloss-list-bar")!.shadowRoot!,
    pass: (...indexes: number[]) =>
      act(() =>
        FakeObserver.show(
          indexes.map((index) => partOf(index, "entry")),
          false,
        ),
      ),
    show: (...indexes: number[]) => act(() => FakeObserver.show(indexes.map((index) => partOf(index, "entry")))),
    send: (paper: number, event: GlossEvent) =>
      act(() => end.say({ type: "background-to-content/listed", listed: { paper, event } })),
    finish: () => act(() => end.say({ type: "background-to-content/list-done" })),
    key: (key: string) => act(() => void document.dispatchEvent(new KeyboardEvent("keydown", { key }))),
  };
}

afterEach(() => vi.unstubAllGlobals());

test("only what is near the screen is asked for, one request at a time", async () => {
  const list = await mount(["An abstract.", "An abstract.", "An abstract."]);
  await list.show(0, 1);
  expect(list.asked()).toEqual([[1, ["title", "gist"]]]);
  await list.send(0, DONE);
  await list.finish();
  expect(list.asked()).toHaveLength(2);
  expect(list.sentOf("content-to-background/list")[1]!.papers.map(({ id }) => id)).toEqual(["2401.00001"]);
});

test("an entry without an abstract gets its title before arXiv is asked for the rest", async () => {
  const list = await mount([null]);
  await list.show(0);
  expect(list.asked()).toEqual([[1, ["title"]]]);
  await list.send(0, { event: "title", text: "论文", flags: [], confidence: null, origin: "" });
  await list.send(0, DONE);
  await list.finish();
  expect(list.asked()[1]).toEqual([1, ["title", "gist"]]);
  expect(list.titleOf(0)?.textContent).toBe("论文");
});

test("who glosses on a click is asked for nothing until the click", async () => {
  const list = await mount(["An abstract."], { automatic: false });
  await list.show(0);
  expect(list.asked()).toEqual([]);
  await act(() => list.bar().querySelector<HTMLElement>("header button")!.click());
  expect(list.asked()).toHaveLength(1);
});

test("what stops the whole list is said once, and coming back goes on", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  await list.show(0);
  await act(() => list.say({ type: "background-to-content/failed", failure: { code: "server_down", message: "" } }));
  expect(list.bar().querySelector(".notice code")?.textContent).toBe("arxiv-gloss start");
  await act(() => void window.dispatchEvent(new Event("focus")));
  expect(list.asked()).toHaveLength(2);
  expect(list.bar().querySelector(".notice")).toBeNull();
});

test("a broken line asks again for what is not finished", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  await list.show(0);
  await act(() => list.breakOff());
  expect(list.sentOf("content-to-background/list").map(({ papers }) => papers[0]!.id)).toEqual([
    "2401.00000",
    "2401.00000",
  ]);
});

const isHidden = (entry: ListEntry): boolean => entry.elements[0]!.classList.contains("arxiv-gloss-hidden");

test("keys move, hide, take back and save", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  await list.key("j");
  await list.key("j");
  expect(list.rootOf(1).querySelector("[data-current=true]")).not.toBeNull();
  await list.key("s");
  expect(list.sentOf("content-to-background/save").map(({ paper }) => paper.id)).toEqual(["2401.00001"]);
  await list.key("x");
  expect(isHidden(list.entries[1]!)).toBe(true);
  expect(list.rootOf(1).querySelector(".entry-hidden")?.textContent).toContain("Paper 1");
  await list.key("z");
  expect(isHidden(list.entries[1]!)).toBe(false);
});

test("a line in the place of a hidden paper brings it back by a click", async () => {
  const list = await mount(["An abstract."]);
  await list.key("j");
  await list.key("x");
  await act(() => list.rootOf(0).querySelector<HTMLElement>(".entry-hidden button")!.click());
  expect(isHidden(list.entries[0]!)).toBe(false);
});

test("keys that are somebody else's are left alone", async () => {
  const list = await mount(["An abstract."]);
  await list.key("j");
  const press = (place: EventTarget, more: KeyboardEventInit = {}): Promise<void> =>
    act(() => {
      const event = new KeyboardEvent("keydown", { key: "x", bubbles: true, composed: true, ...more });
      place.dispatchEvent(event);
    });
  await press(document, { ctrlKey: true });
  await press(document, { isComposing: true });
  await press(document, { repeat: true });
  await press(document.body.appendChild(document.createElement("input")));
  const taken = new KeyboardEvent("keydown", { key: "x", cancelable: true });
  taken.preventDefault();
  await act(() => void document.dispatchEvent(taken));
  const other = document.body.appendChild(document.createElement("other-extension"));
  Object.defineProperty(document, "activeElement", { value: other, configurable: true });
  await press(document);
  expect(isHidden(list.entries[0]!)).toBe(false);
  Reflect.deleteProperty(document, "activeElement");
  await press(document);
  expect(isHidden(list.entries[0]!)).toBe(true);
});

test("abstracts are folded for glosses, and stand there when none can come", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  const folded = () => list.entries.map(({ elements }) => elements[0]!.dataset.folded);
  expect(folded()).toEqual(["true", "true"]);
  await list.key("j");
  await list.key("a");
  expect(folded()).toEqual(["false", "true"]);
  await act(() => list.say({ type: "background-to-content/failed", failure: { code: "server_down", message: "" } }));
  expect(folded()).toEqual(["false", "false"]);
});

test("a filter finds words of the page and of glosses", async () => {
  const list = await mount(["An abstract.", "An abstract on black holes."]);
  await list.show(0, 1);
  await list.send(0, { event: "title", text: "论文", flags: [], confidence: null, origin: "" });
  const isGone = () => list.entries.map(({ elements }) => elements[0]!.classList.contains("arxiv-gloss-gone"));
  const filter = (text: string): Promise<void> =>
    act(() => {
      const field = list.bar().querySelector<HTMLInputElement>(".filter")!;
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    });
  await filter("holes paper");
  expect(isGone()).toEqual([true, false]);
  await filter("论文");
  expect(isGone()).toEqual([false, true]);
  await filter("");
  expect(isGone()).toEqual([false, false]);
});

test("failures are one line, and one click tries all of them again", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  const event = { event: "error", code: "arxiv", message: "" } as const;
  for (const entry of [0, 1]) {
    await list.show(entry);
    await list.send(0, event);
    await list.finish();
  }
  const line = list.bar().querySelector(".bar-line")!;
  expect(line.textContent).toContain("2 not glossed: arXiv did not answer.");
  await act(() => line.querySelector("button")!.click());
  expect(list.asked().at(-1)).toEqual([2, ["title", "gist"]]);
});

test("the question mark shows what keys do, and Escape puts it away", async () => {
  const list = await mount(["An abstract."]);
  await list.key("?");
  expect([...list.bar().querySelectorAll("kbd")].map(({ textContent }) => textContent).join("")).toBe("jkoaxsz?");
  await list.key("Escape");
  expect(list.bar().querySelector("kbd")).toBeNull();
});

test("another target begins the list again", async () => {
  const list = await mount(["An abstract."]);
  await list.show(0);
  await list.send(0, { event: "title", text: "论文", flags: [], confidence: null, origin: "" });
  await list.send(0, DONE);
  await list.finish();
  await act(() => list.sayDifferentSettings({ target: "zh-TW" }));
  expect(list.titleOf(0)).toBeNull();
  expect(list.asked()).toHaveLength(2);
});

test("when the extension is updated the bar says so, and keys do nothing", async () => {
  const list = await mount(["An abstract."]);
  await list.show(0);
  await act(() => list.lifetime.end());
  expect(list.bar().querySelector(".notice")?.textContent).toContain("Reload this page");
  await list.key("j");
  expect(list.rootOf(0).querySelector("[data-current=true]")).toBeNull();
});

test("an entry is drawn when it comes near the screen, and not before", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  await list.show(1);
  expect(
    list.entries.map(({ elements }) => elements[0]!.querySelector(".arxiv-gloss-entry")!.shadowRoot !== null),
  ).toEqual([false, true]);
});

test("what is hidden or taken back is kept on the server, and what was hidden before is gone", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  expect(list.sentOf("content-to-background/triage")[0]!.ids).toEqual(["2401.00000", "2401.00001"]);
  const papers = [{ id: "2401.00001", hidden: true, seen: false }];
  await act(() => list.say({ type: "background-to-content/triage", papers }));
  expect(list.entries[1]!.elements[0]!.classList.contains("arxiv-gloss-gone")).toBe(true);
  await list.key("j");
  await list.key("x");
  await list.key("z");
  expect(list.sentOf("content-to-background/triaged").map(({ changes }) => changes)).toEqual([
    [{ id: "2401.00000", hidden: true }],
    [{ id: "2401.00000", hidden: false }],
  ]);
});

test("entries that were scrolled past are told as seen, together", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const mounting = mount(["An abstract.", "An abstract.", "An abstract."]);
  await vi.runAllTimersAsync();
  const list = await mounting;
  await list.show(0, 1, 2);
  await list.pass(0, 1);
  expect(list.sentOf("content-to-background/triaged")).toEqual([]);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  expect(list.sentOf("content-to-background/triaged").map(({ changes }) => changes)).toEqual([
    [
      { id: "2401.00000", seen: true },
      { id: "2401.00001", seen: true },
    ],
  ]);
});
