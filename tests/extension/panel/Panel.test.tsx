import { render } from "preact";
import { act } from "preact/test-utils";
import { initialState, Panel, reduce, type PanelEvent, type PanelState } from "../../../extension/panel";
import { toMarkdown } from "../../../extension/panel/markdown";
import { en } from "../../../extension/shared/words/en";
import { zh } from "../../../extension/shared/words/zh";
import type { Done, Event as GlossEvent } from "../../../extension/shared/wire";
import { goldenEvents } from "../fixtures";

const PAPER = {
  id: "2401.01234v2",
  title: "SplitNet: Caching Attention",
  abstract: "An abstract. ".repeat(20),
};

/** A panel on a page of its own, fed with events. */
function mount(words = en) {
  const root = document.createElement("div");
  let state: PanelState = reduce(initialState(PAPER), {
    type: "asked",
    paper: PAPER,
    again: true,
  });
  const asked = {
    gloss: vi.fn(),
    glossAgain: vi.fn(),
    collapse: vi.fn(),
    save: null,
    openPdf: vi.fn(),
    openOptions: vi.fn(),
  };
  const copied: string[] = [];
  const draw = (collapsed = false): void => {
    void act(() => {
      render(
        <Panel
          frame={{
            state,
            dispatch,
            words,
            program: "arxiv-gloss",
            targetLang: "zh-CN",
            typeset: null,
          }}
          actions={{
            ...asked,
            copy: async (markdown) => void copied.push(markdown),
          }}
          lang="en"
          theme="light"
          collapsed={collapsed}
          remarks={[]}
        />,
        root,
      );
    });
  };
  const dispatch = (event: PanelEvent): void => {
    state = reduce(state, event);
    draw();
  };
  const receive = (events: readonly GlossEvent[]): void => events.forEach((event) => dispatch({ type: "wire", event }));
  draw();
  return { root, draw, dispatch, receive, asked, copied, state: () => state };
}

test("translated title, takeaways and translation stand in this order, headed in the gloss's language", () => {
  const { root, receive } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  const headings = [...root.querySelectorAll("h2, h3")];
  expect(headings.map((heading) => heading.textContent)).toEqual(["题目SplitNet", "要点", "译文"]);
  expect(headings.every((heading) => heading.getAttribute("lang") === "zh-CN")).toBe(true);
});

test("a summary that says something of its own stands before the takeaways", () => {
  const { root, receive, dispatch } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  const sentences = [{ text: "一句话的概要。", evidence: [1], score: 1, flags: [], confidence: null, origin: "" }];
  dispatch({ type: "wire", event: { event: "summary", sentences } });
  expect([...root.querySelectorAll("h3")].map((heading) => heading.textContent)).toEqual(["概要", "要点", "译文"]);
});

test("the foot says first that a machine made this", () => {
  const { root, receive } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  expect(root.querySelector("footer")?.textContent).toMatch(/^machine-made gloss; the original counts/);
});

test("the foot tells of a model of the reader's own: that it writes, that it stopped, and where it is", () => {
  const { root, receive } = mount();
  const events = goldenEvents("ordinary.ndjson");
  const done = events.at(-1) as Done;
  receive([...events.slice(0, -1), { event: "rewriting", model: "qwen" }]);
  expect(root.querySelector("footer")?.textContent).toMatch(/^qwen is writing/);
  const notices = [{ code: "llm_stopped", params: { model: "qwen", reason: "timeout", rows: "3" } }];
  receive([{ ...done, asked: ["http://lab-gpu:11434"], notices }]);
  expect(root.querySelector("footer")?.textContent).toContain("sent to lab-gpu:11434 · qwen did not answer in time");
});

test("texts of the gloss carry its language, originals carry English", () => {
  const { root, receive } = mount();
  receive(goldenEvents("flagged.ndjson"));
  expect([...root.querySelectorAll("h2, .sentence")].every((text) => text.getAttribute("lang") === "zh-CN")).toBe(true);
  expect([...root.querySelectorAll(".source")].every((text) => text.getAttribute("lang") === "en")).toBe(true);
});

test("markup in a text is shown, not obeyed", () => {
  const { root, dispatch } = mount();
  const text = `<img src=x onerror="alert(1)"><script>alert(2)</script>`;
  dispatch({ type: "wire", event: { event: "title", text, flags: [], confidence: null, origin: "" } });
  expect(root.querySelector("h2")?.textContent).toBe(text);
  expect(root.querySelector("img, script")).toBeNull();
});

test("what is unsure carries a quiet mark; what is too unsure gives way to its original, the attempt on demand", () => {
  const { root, receive } = mount();
  receive(goldenEvents("doubtful.ndjson"));
  const sentences = [...root.querySelectorAll("[role=group] .sentence")];
  const marks = [...root.querySelectorAll("[role=group] .mark")];
  expect(sentences.map((sentence) => sentence.getAttribute("lang"))).toContain("en");
  expect(marks.map((mark) => mark.textContent?.replaceAll("\u2060", ""))).toEqual(["unsure", "not translated"]);
  const original = sentences.find((sentence) => sentence.getAttribute("lang") === "en");
  expect(original?.textContent).not.toMatch(/译文/);
  const attempt = root.querySelector("[role=group] .attempt");
  expect(attempt?.getAttribute("lang")).toBe("zh-CN");
  expect(attempt?.textContent).toMatch(/译文/);
  expect(attempt?.closest(".note")?.hasAttribute("hidden")).toBe(true);
});

test("a summary or takeaway that is unsure is not shown, and a doubtful paper says so once", () => {
  const { root, receive, state } = mount();
  receive(goldenEvents("doubtful.ndjson"));
  expect(state().summary?.every((sentence) => sentence.flags.length === 0)).toBe(true);
  expect(root.querySelector(".takeaways .mark")).toBeNull();
  expect(root.querySelector("header")?.textContent).toContain(en.outside);
});

test("a takeaway's evidence is lit in the translation, and pinned it shows the original", () => {
  const { root, receive } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  const button = root.querySelectorAll<HTMLElement>(".takeaways .evidence")[1]!;
  void act(() => button.click());
  expect(root.querySelector(".highlighted[data-stop='1']")).not.toBeNull();
  expect(root.querySelectorAll(".highlighted[data-stop]")).toHaveLength(1);
  expect(root.querySelector(".takeaways .source")?.textContent).toContain("We propose SplitNet");
  expect(button.getAttribute("aria-pressed")).toBe("true");
});

test("a mark opens its reason, worded, and the original", () => {
  const { root, receive } = mount(zh);
  receive(goldenEvents("flagged.ndjson"));
  const mark = root.querySelectorAll<HTMLElement>(".mark")[1]!;
  const note = root.querySelectorAll<HTMLElement>(".note")[1]!;
  expect(note.hidden).toBe(true);
  void act(() => mark.click());
  expect(note.hidden).toBe(false);
  expect(note.textContent).toContain("原文中的数字 3.07x 在此缺失。");
  expect(note.textContent).toContain("it reduces latency by 3.07x");
});

test("withheld takeaways are counted, and shown only on request", () => {
  const { root, receive } = mount();
  receive(goldenEvents("withheld.ndjson"));
  expect(root.querySelectorAll(".takeaways li")).toHaveLength(3);
  const button = root.querySelector<HTMLElement>(".withheld button")!;
  expect(button.textContent).toBe("1 held back");
  void act(() => button.click());
  expect(root.querySelectorAll(".takeaways li")).toHaveLength(4);
});

test("a failure says what to do, and can be tried again", () => {
  const { root, dispatch, asked } = mount();
  dispatch({ type: "failed", failure: { code: "server_down", message: "" } });
  expect(root.querySelector(".notice code")?.textContent).toBe("arxiv-gloss start");
  void act(() => root.querySelector<HTMLElement>(".notice .button")!.click());
  expect(asked.gloss).toHaveBeenCalledOnce();
});

test("an error that this extension does not know is shown in the server's words", () => {
  const { root, dispatch } = mount();
  dispatch({
    type: "failed",
    failure: { code: "brand_new", message: "Do this instead." },
  });
  expect(root.querySelector(".notice")?.textContent).toContain("Do this instead.");
});

test("every code that the extension itself can raise has words in both languages", async () => {
  const codes = Object.values(await import("../../../extension/shared/failure"));
  for (const words of [en, zh]) {
    expect(codes.filter((code) => !(code in words.failures))).toEqual([]);
  }
});

test("a closed panel shows its head alone", () => {
  const { root, receive, draw, asked } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  void act(() => root.querySelector<HTMLElement>("[aria-expanded='true'].tool")!.click());
  expect(asked.collapse).toHaveBeenCalledWith(true);
  draw(true);
  expect(root.querySelector(".body")).toBeNull();
  expect(root.querySelector(".tool")?.getAttribute("aria-label")).toBe(en.expand);
});

test("one sentence is a tab stop, and the arrow keys lead to the next", () => {
  const { root, receive } = mount();
  document.body.append(root);
  receive(goldenEvents("ordinary.ndjson"));
  const stops = [...root.querySelectorAll<HTMLElement>("[data-stop]")];
  expect(stops.map((stop) => stop.tabIndex)).toEqual([0, -1, -1, -1]);
  void act(() => stops[0]!.focus());
  void act(() => void stops[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true })));
  expect(document.activeElement).toBe(stops[1]);
  root.remove();
});

test("what a paper says is no markup in the copied Markdown", () => {
  const { receive, state } = mount();
  receive(goldenEvents("ordinary.ndjson"));
  const hostile = "![x](https://evil.example/) <script>";
  const given = state();
  const markdown = toMarkdown(
    {
      ...given,
      paper: { ...given.paper, title: hostile },
      title: given.title && { ...given.title, text: hostile },
      sentences: given.sentences.map((one) => ({ ...one, text: hostile, source: hostile })),
      summary: given.summary && given.summary.map((one) => ({ ...one, text: hostile })),
      takeaways: given.takeaways.map((one) => ({ ...one, text: hostile })),
    },
    en,
  );
  expect(markdown).toContain("evil.example");
  expect(markdown).not.toMatch(/!\[x\]|<script/);
});

test("Markdown has every part, numbered sentences and their originals, but nothing withheld", () => {
  const { receive, state } = mount();
  const events = goldenEvents("withheld.ndjson");
  receive(events);
  const textOf = (kind: "segment" | "takeaway", index: number): string =>
    events.flatMap((event) => (event.event === kind && event.index === index ? [event.text] : []))[0]!;
  const markdown = toMarkdown(state(), en);
  expect(markdown).toMatch(/^# 题目SplitNet\n/);
  expect(markdown).toContain("[arXiv:2401.01234v2](https://arxiv.org/abs/2401.01234v2)");
  expect(markdown).toContain(`- **动机** ${textOf("takeaway", 0)}[1]`);
  expect(markdown).toContain(`1. ${textOf("segment", 0)}\n   > Large language models are slow`);
  expect(markdown).not.toContain(textOf("takeaway", 2));
});
