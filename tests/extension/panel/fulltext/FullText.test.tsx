import { render } from "preact";
import { act } from "preact/test-utils";
import { unzipSync, strFromU8 } from "fflate";
import {
  initialFullText,
  reduceFullText,
  FullText,
  type ExportedFile,
  type FullTextState,
} from "../../../../extension/panel";
import { progressOf } from "../../../../extension/panel/fulltext/state";
import { en } from "../../../../extension/shared/words/en";
import type { WholeEvent } from "../../../../extension/shared/wire";
import { goldenEvents } from "../../fixtures";

const GOLDEN = goldenEvents<WholeEvent>("whole.ndjson");
const PNG = btoa("\x89PNG picture");

function mount(events: readonly WholeEvent[], id: string | null = "2401.01234v2") {
  const root = document.createElement("div");
  const opened: (number | null)[] = [];
  const saved: ExportedFile[] = [];
  const copied: string[] = [];
  const fullText = events.reduce(reduceFullText, initialFullText(id));
  const draw = (state: FullTextState): void =>
    void act(() =>
      render(
        <FullText
          frame={{
            state: state.abstract,
            dispatch: () => undefined,
            words: en,
            program: "arxiv-gloss",
            targetLang: "zh-CN",
            typeset: null,
          }}
          fullText={state}
          openPlace={id === null ? null : ({ page }) => void opened.push(page)}
          actions={{
            again: vi.fn(),
            copy: async (markdown) => void copied.push(markdown),
            save: (file) => void saved.push(file),
            openOptions: null,
          }}
          lang="en"
          theme="light"
        />,
        root,
      ),
    );
  draw(fullText);
  const press = (name: string): void =>
    void act(() => root.querySelector<HTMLElement>(`[aria-label="${name}"]`)!.click());
  return { root, fullText, opened, saved, copied, press };
}

test("what the paper says comes first, then where it says it", () => {
  const { root } = mount(GOLDEN);
  expect([...root.querySelectorAll("h3")].map((heading) => heading.textContent)).toEqual([
    "概要",
    "要点",
    "译文",
    "各节要点",
    "图表",
  ]);
});

test("the outline is there before the sections are read", () => {
  const { root, fullText } = mount(GOLDEN.slice(0, 3));
  const headings = [...root.querySelectorAll(".outline li")];
  expect(headings.length).toBe(fullText.outline!.sections.length);
  expect(headings.every((heading) => heading.classList.contains("awaited"))).toBe(true);
  expect(progressOf(fullText)).toEqual({
    part: "sections",
    ready: 0,
    all: headings.length,
  });
});

test("a claim shows its sentences, and its page opens", () => {
  const { root, opened } = mount(GOLDEN);
  const claim = root.querySelector<HTMLElement>(".outline .claim")!;
  expect(root.querySelector(".outline .source")).toBeNull();
  void act(() => claim.click());
  expect(root.querySelector(".outline .source")?.getAttribute("lang")).toBe("en");
  root.querySelector<HTMLElement>(".outline [role=button].evidence")!.click();
  expect(opened).toEqual([1]);
});

test("a file that was dropped has no pages to open", () => {
  const { root } = mount(GOLDEN, null);
  expect(root.querySelector("[role=button].evidence")).toBeNull();
  expect(root.querySelector(".outline .evidence")?.textContent).toBe("p. 1");
});

test("pictures open large, and go into the zip with the Markdown that links them", () => {
  const { root, saved, press } = mount([...GOLDEN, { event: "picture", index: 0, png: PNG }]);
  expect(root.querySelectorAll(".thumbnail img").length).toBe(1);
  press("Save as Markdown with figures");
  const files = unzipSync(saved[0]!.content as Uint8Array);
  expect(Object.keys(files).sort()).toEqual(["figures/01-figure-1.png", "paper.md"]);
  expect(strFromU8(files["paper.md"]!)).toContain("![Figure 1](figures/01-figure-1.png)");
  expect(strFromU8(files["figures/01-figure-1.png"]!, true)).toBe("\x89PNG picture");
});

test("saved as one page it needs nothing else", () => {
  const { saved, press } = mount([...GOLDEN, { event: "picture", index: 0, png: PNG }]);
  press("Save as one HTML file");
  const html = saved[0]!.content as string;
  const page = new DOMParser().parseFromString(html, "text/html");
  expect(saved[0]!.name).toMatch(/^2401\.01234v2-A-Generated-Paper.*\.html$/);
  expect(page.querySelectorAll("script, link, dialog, [hidden]").length).toBe(0);
  expect([...page.querySelectorAll("img")].map((image) => image.getAttribute("src"))).toEqual([
    `data:image/png;base64,${PNG}`,
  ]);
  expect(page.querySelector(".outline")?.textContent).toContain("引言");
});

test("what fails is told in the reader's words", () => {
  const { root } = mount([{ event: "error", code: "pdf_encrypted", message: "Locked." }]);
  expect(root.querySelector(".notice")?.textContent).toContain("locked by a password");
});
