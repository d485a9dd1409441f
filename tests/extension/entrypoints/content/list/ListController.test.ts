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
      const entry = { target: element, isIntersecting } as unknown as IntersectionObserverEntry;
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
    place: (host) => element.append(host),
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
  const rootOf = (index: number) => entries[index]!.elements[0]!.querySelector(".arxiv-gloss-entry")!.shadowRoot!;
  const asked = () => end.sentOf("content-to-background/list").map(({ papers, parts }) => [papers.length, parts]);
  return {
    ...end,
    lifetime,
    entries,
    rootOf,
    asked,
    bar: () => document.querySelector(".arxiv-gloss-list-bar")!.shadowRoot!,
    show: (...indexes: number[]) =>
      act(() => FakeObserver.show(indexes.map((index) => entries[index]!.elements[0]!.querySelector("div")!))),
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
  await list.send(0, { event: "title", text: "论文", flags: [], confidence: null });
  await list.send(0, DONE);
  await list.finish();
  expect(list.asked()[1]).toEqual([1, ["title", "gist"]]);
  expect(list.rootOf(0).querySelector(".entry-title")?.textContent).toBe("论文");
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

test("keys move, hide and save, and are left alone in fields and with modifiers", async () => {
  const list = await mount(["An abstract.", "An abstract."]);
  await list.key(".");
  await list.key(".");
  expect(list.rootOf(1).querySelector("[data-current=true]")).not.toBeNull();
  await list.key("3");
  expect(list.sentOf("content-to-background/save").map(({ paper }) => paper.id)).toEqual(["2401.00001"]);
  await list.key("2");
  expect(list.entries[1]!.elements[0]!.classList.contains("arxiv-gloss-hidden")).toBe(true);
  await act(() => void document.dispatchEvent(new KeyboardEvent("keydown", { key: "2", ctrlKey: true })));
  expect(list.entries[1]!.elements[0]!.classList.contains("arxiv-gloss-hidden")).toBe(true);
  const field = document.body.appendChild(document.createElement("input"));
  await act(() => void field.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true, composed: true })));
  expect(list.entries[1]!.elements[0]!.classList.contains("arxiv-gloss-hidden")).toBe(true);
});

test("another target begins the list again", async () => {
  const list = await mount(["An abstract."]);
  await list.show(0);
  await list.send(0, { event: "title", text: "论文", flags: [], confidence: null });
  await list.send(0, DONE);
  await list.finish();
  await act(() => list.sayDifferentSettings({ target: "zh-TW" }));
  expect(list.rootOf(0).querySelector(".entry-title")).toBeNull();
  expect(list.asked()).toHaveLength(2);
});

test("when the extension is updated the bar says so, and keys do nothing", async () => {
  const list = await mount(["An abstract."]);
  await act(() => list.lifetime.end());
  expect(list.bar().querySelector(".notice")?.textContent).toContain("Reload this page");
  await list.key(".");
  expect(list.rootOf(0).querySelector("[data-current=true]")).toBeNull();
});
