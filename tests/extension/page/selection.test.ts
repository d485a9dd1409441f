import { readSelection } from "../../../extension/page";
import { fixturePage, forever } from "../fixtures";

const at = (path: string): URL => new URL(`https://arxiv.org${path}`);

/** A page in the place of the test's own, with all of an element selected, or what `within` makes of the range. */
function select(name: string, selector: string, within: (range: Range, element: Element) => void = selectAll) {
  document.documentElement.replaceWith(document.importNode(fixturePage(name).documentElement, true));
  const range = document.createRange();
  range.getBoundingClientRect = () => new DOMRect(30, 40, 500, 60);
  within(range, document.querySelector(selector)!);
  vi.spyOn(document, "getSelection").mockReturnValue({
    rangeCount: 1,
    isCollapsed: range.collapsed,
    getRangeAt: () => range,
  } as unknown as Selection);
}

function selectAll(range: Range, element: Element): void {
  range.selectNodeContents(element);
}

afterEach(() => void vi.restoreAllMocks());

test("a selected abstract is its source, with title and categories, and a place below it", () => {
  select("abs_2501.99901.html", "blockquote.abstract");
  const selected = readSelection(document, at("/abs/2501.99901"))!;
  expect(selected.text).toMatch(/^Split federated learning \(SFL\)/);
  expect(selected.place).toEqual({ left: 30, bottom: 100 });
  expect(selected.paper.title).not.toBe("");
  expect(selected.paper.categories.length).toBeGreaterThan(0);
  expect(selected.around).toContain("Split federated learning");
});

test("formulas come as TeX, whole also where the selection ends inside of one", () => {
  select("abs_2503.99903_typeset.html", "blockquote.abstract", (range, element) => {
    range.setStart(element, 0);
    range.setEnd(element.querySelector(".MathJax, .mjx-chtml")!, 0);
  });
  expect(readSelection(document, at("/abs/2503.99903"))!.text).toMatch(/clusters of \$n\$$/);
});

test("in a list it belongs to its entry", () => {
  select("list_cs.CL_new.html", "dl#articles > dd p.mathjax");
  const selected = readSelection(document, at("/list/cs.CL/new"))!;
  expect(selected.paper.abstract.startsWith(selected.text.slice(0, 30))).toBe(true);
  expect(selected.paper.title).not.toBe("");
});

test("nothing selected, or only spaces, is nothing", () => {
  select("abs_2501.99901.html", "blockquote.abstract", (range, element) => range.setStart(element, 0));
  expect(readSelection(document, at("/abs/2501.99901"))).toBeNull();
});

test("sentences of the selection are found where they stand", () => {
  select("abs_2501.99901.html", "blockquote.abstract");
  const original = readSelection(document, at("/abs/2501.99901"))!.original(forever());
  expect(() => original.highlight([[0, 20]])).not.toThrow();
});
