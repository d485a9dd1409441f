import { escapeMarkdown } from "../../../extension/panel/escaping";

test.each([
  ["# A *title* with [a link](https://example.org)", "\\# A \\*title\\* with \\[a link\\](https://example.org)"],
  ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)>"],
  ["1. First", "1\\. First"],
  ["Counting in $O(n_1)$ time", "Counting in $O(n_1)$ time"],
  ["a\nb\u0007\u202ec", "a bc"],
  ["costs $5", "costs \\$5"],
])("%j stands in Markdown as it is", (text, written) => expect(escapeMarkdown(text)).toBe(written));
