import { listToMarkdown } from "../../../../extension/panel";

test("each paper has its link, its title and gist, and what it says is text", () => {
  const gloss = {
    title: { text: "*题目*", flags: [] },
    gist: { text: "要点。", flags: [], evidence: [0] },
  };
  const papers = [
    { id: "2401.00001", title: "A [title]", authors: ["Jane Doe", "R. Roe"], isWithdrawn: false, gloss },
    { id: "2401.00002", title: "Another", authors: [], isWithdrawn: true, gloss: { title: null, gist: null } },
  ];
  expect(listToMarkdown("cs.CL", papers, "Withdrawn")).toBe(
    "# cs.CL\n\n" +
      "- [A \\[title\\]](https://arxiv.org/abs/2401.00001)  \n  **\\*题目\\***  \n  Jane Doe, R. Roe  \n  要点。\n\n" +
      "- [Another](https://arxiv.org/abs/2401.00002) (Withdrawn)\n",
  );
});
