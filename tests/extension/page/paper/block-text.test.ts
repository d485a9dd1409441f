import { readBlockText } from "../../../../extension/page/paper/block-text";

function read(html: string) {
  document.body.innerHTML = `<p id="p">${html}</p>`;
  return readBlockText(document.querySelector("#p")!, "");
}

const math = (tex: string) => `<math alttext="${tex}"><mi>x</mi></math>`;

test.each([
  [
    "formulas are TeX, and what touches is one",
    `Let ${math("x")}${math("^{2}")} be ${math("\\displaystyle n")} .`,
    "Let $x^{2}$ be $n$.",
  ],
  ["a script hangs on its word", `Sr${math("{}_{2}")}RuO`, "Sr$_{2}$RuO"],
  [
    "raised and lowered text",
    "10<sup>-6</sup> H<sub>2</sub>O, the 2<sup>nd</sup> one",
    "10$^{-6}$ H$_{2}$O, the 2nd one",
  ],
  ["a citation comes back as it is", 'shown by <cite>[<a href="#b">1</a>]</cite>.', "shown by $\\ref{a}$."],
  ["two of them are two", "<cite>[1]</cite><cite>[2]</cite>and", "$\\ref{a}$ $\\ref{b}$ and"],
  ["a reference takes its word along", 'see Figure&nbsp;<a class="ltx_ref" href="#F1">1</a>', "see $\\ref{a}$"],
  ["and its brackets", 'By Eq. (<a class="ltx_ref" href="#E1">2</a>), a', "By $\\ref{a}$, a"],
  ["a word in the link", 'see <a class="ltx_ref" href="#S2">Section 2</a> for', "see $\\ref{a}$ for"],
  [
    "words of a link are translated, the link follows",
    '<a href="https://e.org">our project page</a>.',
    "our project page $\\ref{a}$.",
  ],
  ["an address stays", 'at <a href="https://e.org">https://e.org</a>.', "at $\\ref{a}$."],
  ["identifiers stay", 'calls <span class="ltx_font_typewriter">f()</span> once', "calls $\\ref{a}$ once"],
  ["a dollar is no formula", "It costs $5 and $6.", "It costs \\$5 and \\$6."],
  [
    "what is hidden is not read",
    'We <span style="color:#fff">ignore this</span>cache<span hidden>.</span>',
    "We cache",
  ],
  ["the page's indentation", "A\n      word ( in brackets ) .", "A word (in brackets)."],
  ["errors of the conversion", 'A <span class="ltx_ERROR">\\foo</span>word', "A word"],
])("%s", (_, html, text) => {
  expect(read(html).text).toBe(text);
});

test("what comes back finds the page's own node again", () => {
  const { atoms } = read(
    `We use ${math("x")}<sup>2</sup> and <cite>[1]</cite>, in Table <a class="ltx_ref" href="#T">3</a>.`,
  );
  expect([...atoms.keys()]).toEqual(["x", "x^{2}", "\\ref{a}", "\\ref{b}"]);
  expect(atoms.get("x^{2}")!.nodes.map((node) => node.nodeName)).toEqual(["math", "SUP"]);
  expect(atoms.get("\\ref{b}")!.label).toEqual({ kind: "table", number: null, inBrackets: false });
});

test("a mark of a note is kept aside, with its place", () => {
  const note = '<span class="ltx_note"><sup class="ltx_note_mark">1</sup><span>Hidden.</span></span>';
  const { text, notes } = read(`Tokens${note}. We`);
  expect(text).toBe("Tokens. We");
  expect(notes).toMatchObject([{ offset: 6 }]);
});

test("a stretch of the text is found on the page, formulas and all", () => {
  const block = read(`One <em>two</em> ${math("x")}. Three`);
  const sentence = block.rangeOf([0, block.text.indexOf("Three") - 1])!;
  expect(sentence.toString()).toBe("One two x.");
  expect(block.rangeOf([4, 7])!.toString()).toBe("two");
});
