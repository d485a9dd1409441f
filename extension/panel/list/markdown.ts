import { isUntranslated } from "../doubt";
import { escapeMarkdown } from "../escaping";
import type { EntryState } from "./state";

/** What is written of one paper of a list. */
export interface ListedPaper {
  id: string;
  title: string;
  authors: readonly string[];
  isWithdrawn: boolean;
  gloss: Pick<EntryState, "title" | "gist">;
}

/** Papers of a list as Markdown: each with its link, its title and gist in the reader's language, and its authors. */
export function listToMarkdown(heading: string, papers: readonly ListedPaper[], withdrawn: string): string {
  return `# ${escapeMarkdown(heading)}\n\n${papers.map((paper) => entryOf(paper, withdrawn)).join("\n")}`;
}

function entryOf({ id, title, authors, isWithdrawn, gloss }: ListedPaper, withdrawn: string): string {
  const lines = [`[${escapeMarkdown(title)}](https://arxiv.org/abs/${id})${isWithdrawn ? ` (${withdrawn})` : ""}`];
  if (gloss.title) lines.push(`**${escapeMarkdown(gloss.title.text)}**`);
  if (authors.length > 0) lines.push(authors.map(escapeMarkdown).join(", "));
  if (gloss.gist && !isUntranslated(gloss.gist.flags)) lines.push(escapeMarkdown(gloss.gist.text));
  return `- ${lines.join("  \n  ")}\n`;
}
