import { escapeMarkdown } from "../../../extension/panel/escape-markdown";

test.each([
  ["![x](https://evil.example/a.png)", String.raw`!\[x\](https://evil.example/a.png)`],
  ["<img src=x onerror=alert(1)> & &amp;", "&lt;img src=x onerror=alert(1)> & &amp;amp;"],
  ["[click](javascript:alert(1))", String.raw`\[click\](javascript:alert(1))`],
  ["two\n\n# lines\u2028and \u202emore", "two # lines and  more"],
  ["# no heading", String.raw`\# no heading`],
  ["1. no list", String.raw`1\. no list`],
  ["- no list", String.raw`\- no list`],
  ["`code` *strong* _weak_", String.raw`\`code\` \*strong\* \_weak\_`],
  [String.raw`gains 95\% of $O(n_1^2)$ and 3.07x`, "gains 95% of $O(n_1^2)$ and 3.07x"],
  ["$a<b>c](x)`$ for 5$", String.raw`$a\lt b\gt c] (x)\'$ for 5\$`.replace("\\'", "'")],
  ["see https://example.org/a_b.", "see https://example.org/a_b."],
  ["注意力 GPT-4", "注意力 GPT-4"],
])("%j is text in Markdown", (text, markdown) => {
  expect(escapeMarkdown(text)).toBe(markdown);
});
