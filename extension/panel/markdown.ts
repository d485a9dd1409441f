import { sentenceGap } from "../shared/language";
import type { SummarySentence, Takeaway } from "../shared/wire";
import type { Words } from "../shared/words";
import type { PanelState, Sentence } from "./state";

/** Parts of a document, an empty line between them; parts with nothing in them are left out. */
export function joinParts(parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join("\n\n") + "\n";
}

/** A heading and what stands below it; nothing where there is nothing to stand there. */
export function underHeading(heading: string, content: string): string | null {
  return content === "" ? null : `## ${heading}\n\n${content}`;
}

export const linkTo = (id: string): string => `[arXiv:${id}](https://arxiv.org/abs/${id})`;

/** The gloss as Markdown: what the panel shows, each sentence with its original, and where it comes from. */
export function toMarkdown(state: PanelState, words: Words, targetLang = "zh"): string {
  const { paper, title, summary, takeaways, sentences, done } = state;
  return joinParts([
    `# ${title?.text ?? paper.title ?? paper.id ?? words.panel}`,
    [title && paper.title, paper.id && linkTo(paper.id)].filter(Boolean).join("  \n"),
    underHeading(words.summary, summaryText(summary ?? [], targetLang)),
    underHeading(words.takeaways, takeawayList(takeaways, words)),
    underHeading(words.translation, sentenceList(sentences)),
    done && `*arXiv Gloss · ${done.models.map((model) => `${model.name} (${model.digest.slice(0, 19)})`).join(", ")}*`,
  ]);
}

export function sentenceList(sentences: readonly Sentence[]): string {
  return sentences
    .filter((sentence) => sentence.text !== null)
    .map(({ index, text, source }) => `${index + 1}. ${text}\n   > ${source}`)
    .join("\n");
}

function summaryText(summary: readonly SummarySentence[], targetLang: string): string {
  return summary.map(({ text, evidence }) => text + references(evidence)).join(sentenceGap(targetLang));
}

function takeawayList(takeaways: readonly Takeaway[], words: Words): string {
  return takeaways
    .filter((takeaway) => !takeaway.withheld)
    .map(({ label, text, evidence }) => `- ${label ? `**${words.label[label]}** ` : ""}${text}${references(evidence)}`)
    .join("\n");
}

function references(evidence: readonly number[]): string {
  return evidence.length > 0 ? `[${evidence.map((index) => index + 1).join(", ")}]` : "";
}
