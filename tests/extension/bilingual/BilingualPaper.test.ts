import { BilingualPaper } from "../../../extension/bilingual/BilingualPaper";
import { bilingualMarkdown } from "../../../extension/bilingual/markdown";
import type { Style } from "../../../extension/bilingual/types";
import { htmlPaper, type HtmlPaper, type PaperBlock } from "../../../extension/page";
import { interfaceFor } from "../../../extension/shared/words";
import { fixturePaper, forever } from "../fixtures";

let see: (elements: Element[], isIntersecting: boolean) => void;

class FakeObserver {
  constructor(callback: (entries: { target: Element; isIntersecting: boolean }[]) => void) {
    see = (elements, isIntersecting) => callback(elements.map((target) => ({ target, isIntersecting })));
  }
  observe(): void {}
  disconnect(): void {}
}

const STYLE: Style = { words: interfaceFor("en", "en").words, targetLang: "zh-CN", layout: "stacked", typeset: null };
const FLAGS = [{ code: "number_missing", params: { text: "$\\ref{a}$" } }];

function open() {
  document.documentElement.replaceWith(document.importNode(fixturePaper("latexml_long.html").documentElement, true));
  const paper: HtmlPaper = htmlPaper(document, new URL("https://arxiv.org/html/2601.99911v1"), forever())!;
  const before = document.documentElement.outerHTML;
  const asked: PaperBlock[][] = [];
  const bilingual = new BilingualPaper(paper, STYLE, {
    ask: (blocks) => asked.push([...blocks]),
    onProgress: () => undefined,
  });
  return { paper, before, asked, bilingual };
}

/** Answer the last question's first part, sentence for sentence, with what `say` makes of each. */
function answer(
  bilingual: BilingualPaper,
  position: number,
  block: PaperBlock,
  text: string,
  flags: typeof FLAGS = [],
) {
  const span: [number, number] = [0, block.text.text.length];
  const source = block.text.text;
  bilingual.take(position, { event: "started", paper: {}, segments: [{ index: 0, span, source }] });
  bilingual.take(position, { event: "segment", index: 0, span, source, text, flags, confidence: null, origin: "" });
  bilingual.take(position, { event: "done" } as never);
}

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", FakeObserver);
  vi.stubGlobal("requestAnimationFrame", (draw: () => void) => (draw(), 1));
  window.scrollBy = vi.fn() as never;
});

const blockWith = (blocks: readonly PaperBlock[], text: string): PaperBlock =>
  blocks.find((block) => block.text.text.includes(text))!;

test("what is in sight is asked for, and drawn with the page's own formulas, links and marks", () => {
  const { asked, bilingual } = open();
  const element = document.querySelector("[id='S1.p1.1']")!;
  see([element], true);
  const block = asked[0]![0]!;
  expect(block.element).toBe(element);
  answer(bilingual, 0, block, "长文档昂贵$\\ref{a}$，增长为$O(n^{2})$，见$\\ref{c}$。", FLAGS);
  const host = element.nextElementSibling as HTMLElement;
  expect(host.textContent).toContain("长文档昂贵[1]，增长为");
  expect(host.querySelector("math")?.getAttribute("alttext")).toBe("O(n^{2})");
  expect([...host.querySelectorAll(".arxiv-gloss-sentence a")].map((link) => link.getAttribute("href"))).toEqual([
    "#bib.bib1",
    "#S2.F1",
  ]);
  expect(host.textContent).toContain("图 1");
  expect(host.querySelector(".ltx_note_mark")?.textContent).toBe("1");
  expect(host.querySelector(".arxiv-gloss-note")?.textContent).toContain("The number [1] of the original is missing");
  expect(host.querySelectorAll("[id]")).toHaveLength(0);
});

test("switched off the page is as it was, byte for byte", () => {
  const { before, asked, bilingual } = open();
  see([...document.querySelectorAll(".ltx_p")], true);
  asked[0]!.forEach((block, position) => answer(bilingual, position, block, "译文。"));
  expect(document.documentElement.outerHTML).not.toBe(before);
  bilingual.remove();
  expect(document.documentElement.outerHTML).toBe(before);
});

test("what the reader scrolls to goes before what was asked, and is asked again only where it was left", () => {
  vi.useFakeTimers();
  const { asked, bilingual } = open();
  const [first, ...others] = document.querySelectorAll(".ltx_p");
  see([first!], true);
  answer(bilingual, 0, asked[0]![0]!, "译文。");
  see([first!], false);
  see([others.at(-1)!], true);
  vi.runAllTimers();
  expect(asked).toHaveLength(2);
  expect(asked[1]![0]!.element).toBe(others.at(-1));
  expect(asked.flat().filter(({ element }) => element === first)).toHaveLength(1);
  vi.useRealTimers();
});

test("what cannot be translated says so, and a theorem's label needs no model", () => {
  const { asked, bilingual } = open();
  const french = document.querySelector("[id='S4.p2.1']")!;
  see([french], true);
  bilingual.take(0, { event: "error", code: "not_english", message: "" });
  expect(asked[0]![0]!.element).toBe(french);
  expect(french.nextElementSibling?.textContent).toBe("not translated: this is not in English.");
  expect(document.querySelector(".ltx_title_theorem + .arxiv-gloss-translation")?.textContent).toBe("定理 1");
});

test("a sentence that is not translated stands in English, with the attempt on demand", () => {
  const { asked, bilingual } = open();
  const element = document.querySelector("[id='S1.p2.1']")!;
  see([element], true);
  answer(bilingual, 0, asked[0]![0]!, "错误的译文。", [{ code: "untranslated", params: {} } as never]);
  const sentence = element.nextElementSibling!.querySelector<HTMLElement>(".arxiv-gloss-sentence")!;
  expect(sentence.lang).toBe("en");
  expect(sentence.textContent).toContain("We make three contributions.");
  const mark = element.nextElementSibling!.querySelector<HTMLElement>("[role=button]")!;
  mark.click();
  expect(mark.getAttribute("aria-expanded")).toBe("true");
});

test("Markdown has both languages, formulas as TeX, and displays in their places", () => {
  const { paper, asked, bilingual } = open();
  see([document.querySelector("[id='S2.p1.1']")!, document.querySelector(".ltx_caption")!], true);
  const blocks = asked[0]!;
  answer(bilingual, 0, blocks[0]!, "设$n$是标记数。");
  answer(bilingual, 1, blockWith(blocks, "The cache after"), "缓存。");
  const written = bilingualMarkdown(bilingual.translated, paper.findDisplays(), {
    id: "2601.99911v1",
    targetLang: "zh-CN",
  });
  expect(written).toMatch(
    /Let \$n\$ be the number.*\n\n设\$n\$是标记数。\n\n\$\$\ns_\{i\}=f\(x_\{i\},s_\{i-1\}\) \\tag\{1\}\n\$\$/,
  );
  expect(written).toContain(
    "Figure 1: The cache after the first question. Grey states are computed again.\n\n图 1：缓存。",
  );
  expect(written).toMatch(/## 2 The SplitNet Cache/);
});
