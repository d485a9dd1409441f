import { sentenceGap } from "../shared/language";
import type { SummarySentence, Takeaway } from "../shared/wire";
import { contentWords, type ContentWords, type Words } from "../shared/words";
import { isUntranslated } from "./doubt";
import { escapeMarkdown } from "./escape-markdown";
import { summaryOnce, takeawayLines } from "./once";
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
  const { paper, title, sentences, done } = state;
  const content = contentWords(targetLang, words);
  return joinParts([
    `# ${escapeMarkdown(title?.text ?? paper.title ?? paper.id ?? words.panel)}`,
    [title && paper.title && escapeMarkdown(paper.title), paper.id && linkTo(paper.id)].filter(Boolean).join("  \n"),
    underHeading(content.summary, summaryText(summaryOnce(state), targetLang)),
    underHeading(content.takeaways, takeawayList(state.takeaways, content)),
    underHeading(content.translation, sentenceList(sentences)),
    done && `*arXiv Gloss · ${done.models.map((model) => `${model.name} (${model.digest.slice(0, 19)})`).join(", ")}*`,
  ]);
}

export function sentenceList(sentences: readonly Sentence[]): string {
  return sentences
    .filter((sentence) => sentence.text !== null)
    .map(({ index, text, source, flags }) => {
      const original = escapeMarkdown(source);
      return isUntranslated(flags)
        ? `${index + 1}. ${original}`
        : `${index + 1}. ${escapeMarkdown(text ?? "")}\n   > ${original}`;
    })
    .join("\n");
}

function summaryText(summary: readonly SummarySentence[], targetLang: string): string {
  return summary.map(({ text, evidence }) => escapeMarkdown(text) + references(evidence)).join(sentenceGap(targetLang));
}

function takeawayList(takeaways: readonly Takeaway[], words: ContentWords): string {
  return takeawayLines(takeaways)
    .map(
      ({ takeaway: { label, text, evidence } }) =>
        `- ${label ? `**${words.label[label]}** ` : ""}${escapeMarkdown(text)}${references(evidence)}`,
    )
    .join("\n");
}

function references(evidence: readonly number[]): string {
  return evidence.length > 0 ? `[${evidence.map((index) => index + 1).join(", ")}]` : "";
}
