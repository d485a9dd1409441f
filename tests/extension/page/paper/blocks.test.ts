import { findBlocks, findDisplays } from "../../../../extension/page/paper/blocks";
import { fixturePaper } from "../../fixtures";

const article = (name: string): Element => fixturePaper(name).querySelector("article")!;

test("every paragraph, heading, caption, item and note, in the order of the page, and nothing else", () => {
  const blocks = findBlocks(article("latexml_long.html"));
  const count = (kind: string): number => blocks.filter((block) => block.kind === kind).length;
  expect([count("heading"), count("caption"), count("note"), count("paragraph")]).toEqual([10, 2, 1, 21]);
  const all = blocks.map(({ text }) => text.text).join("\n");
  expect(all).not.toMatch(/do not translate|Latency of the whole document|A paper about documents|Okafor/);
  expect(all).toContain("We thank the reviewers");
  expect(blocks[0]!.text.text).toBe("Caching Attention for Long Documents");
});

test("labels of captions and theorems are not part of the text", () => {
  const blocks = findBlocks(article("latexml_long.html"));
  const labelled = blocks.filter(({ label }) => label !== null);
  expect(labelled.map(({ label, text }) => [label!.kind, label!.number, text.text])).toEqual([
    ["figure", "1", "The cache after the first question. Grey states are computed again."],
    ["table", "1", "Latency of all models in milliseconds."],
    ["theorem", "1", ""],
  ]);
});

test("a translation stands behind its part, a note's inside of it, and taken out nothing is changed", () => {
  const paper = article("latexml_long.html");
  const before = paper.outerHTML;
  const hosts = findBlocks(paper).map((block) => {
    const host = document.createElement(block.isInline ? "span" : "div");
    block.place(host);
    expect([host.parentElement, host.previousElementSibling]).toContain(block.element);
    return host;
  });
  for (const host of hosts) host.remove();
  expect(paper.outerHTML).toBe(before);
});

test("formulas in lines of their own, with their numbers", () => {
  expect(findDisplays(article("latexml_long.html")).map(({ tex }) => tex)).toEqual(["s_{i}=f(x_{i},s_{i-1}) \\tag{1}"]);
});
