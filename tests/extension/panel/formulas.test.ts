import { hasFormula, splitFormulas } from "../../../extension/panel/formulas";

const shown = (text: string) => splitFormulas(text).map(({ formula, text: part }) => (formula ? `<${part}>` : part));

test.each([
  ["plain", ["plain"]],
  ["the group $SU(2)$ is", ["the group ", "<SU(2)>", " is"]],
  ["$a$ and $b$", ["<a>", " and ", "<b>"]],
  ["\\(x\\) or \\[y\\] or $$z$$", ["<x>", " or ", "<y>", " or ", "<z>"]],
  ["costs \\$5 or $5 only", ["costs $5 or $5 only"]],
  ["$\\$5$ inside", ["<\\$5>", " inside"]],
  ["14\\% -- of ``it''", ["14% – of “it”"]],
])("%s", (text, expected) => expect(shown(text)).toEqual(expected));

test("a lone dollar is no formula", () => {
  expect(hasFormula("it costs $5")).toBe(false);
  expect(hasFormula("we take $x$")).toBe(true);
});
