import { termsIn } from "../../../../extension/entrypoints/options/term-file";

test("a file of terms has one a line, and other lines are passed over", () => {
  const text = "token\t词元\r\n\n a long term \t 译法 \tmore\nno rendering\nBERT\t=";
  expect(termsIn(text)).toEqual([
    { source: "token", target: "词元" },
    { source: "a long term", target: "译法" },
    { source: "BERT", target: "=" },
  ]);
});
