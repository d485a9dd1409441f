import { readPage, type PaperPage } from "../../../extension/page";
import { alignWords } from "../../../extension/page/alignment";
import { fixturePage, forever } from "../fixtures";

/** jsdom has no CSS highlights: this one only keeps what it is given. */
class KeptHighlight extends Set<Range> {
  constructor(...ranges: Range[]) {
    super(ranges);
  }
}
const registry = new Map<string, KeptHighlight>();

beforeEach(() => {
  registry.clear();
  vi.stubGlobal("Highlight", KeptHighlight);
  vi.stubGlobal("CSS", { highlights: registry });
});
afterEach(() => vi.unstubAllGlobals());

function highlightedText(page: PaperPage, sentence: string): string {
  const start = page.readPaper().abstract.indexOf(sentence);
  expect(start).toBeGreaterThanOrEqual(0);
  page.original.highlight([[start, start + sentence.length]]);
  const ranges = [...(registry.get("arxiv-gloss") ?? [])];
  return ranges.map((range) => range.toString().replace(/\s+/g, " ")).join(" | ");
}

test("a sentence is highlighted from its first word to its stop", () => {
  const page = readPage(
    fixturePage("abs_hep-th_9912999.html"),
    new URL("https://arxiv.org/abs/hep-th/9912999"),
    forever(),
  )!;
  const sentence = "The anomaly cancels for exactly three\nangles.";
  expect(highlightedText(page, sentence)).toBe("The anomaly cancels for exactly three angles.");
});

test("a typeset formula at the end of a sentence is highlighted with its stop", () => {
  const page = readPage(
    fixturePage("abs_2503.99903_typeset.html"),
    new URL("https://arxiv.org/abs/2503.99903"),
    forever(),
  )!;
  const highlighted = highlightedText(
    page,
    "We count self-avoiding clusters of $n$ cells on the cubic lattice $\\mathbb{Z}^3$.",
  );
  expect(highlighted).toMatch(/^We count/);
  expect(highlighted).toMatch(/\.$/);
  expect(highlighted).not.toContain("transfer");
});

test("nothing stays highlighted when nothing is asked for", () => {
  const page = readPage(
    fixturePage("abs_hep-th_9912999.html"),
    new URL("https://arxiv.org/abs/hep-th/9912999"),
    forever(),
  )!;
  highlightedText(page, "The anomaly cancels for exactly three\nangles.");
  page.original.highlight([]);
  expect(registry.size).toBe(0);
});

test("a sentence that the page does not show is not highlighted at random", () => {
  const document = fixturePage("abs_hep-th_9912999.html");
  const page = readPage(document, new URL("https://arxiv.org/abs/hep-th/9912999"), forever())!;
  document.querySelector("#abs > blockquote.abstract")!.textContent = "Something else altogether.";
  expect(highlightedText(page, "The anomaly cancels for exactly three\nangles.")).toBe("");
});

test("words are paired in order, and a word that one side spells otherwise is passed over", () => {
  expect(alignWords(["a", "b", "c", "a"], ["a", "x", "c", "a"])).toEqual([0, -1, 2, 3]);
  expect(alignWords(["a"], [])).toEqual([-1]);
});

test("abstracts of one page highlight their sentences side by side", () => {
  const address = "https://arxiv.org/abs/hep-th/9912999";
  const [one, other] = [0, 1].map(() => readPage(fixturePage("abs_hep-th_9912999.html"), new URL(address), forever())!);
  const sentence = "The anomaly cancels for exactly three\nangles.";
  highlightedText(one!, sentence);
  expect(highlightedText(other!, sentence).split(" | ")).toHaveLength(2);
  other!.original.highlight([]);
  expect(registry.get("arxiv-gloss")?.size).toBe(1);
  one!.original.highlight([]);
  expect(registry.size).toBe(0);
});
