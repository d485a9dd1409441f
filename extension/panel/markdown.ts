import { gap } from "../shared/language";
import type { Words } from "../shared/words";
import type { PanelState } from "./state";

/** The gloss as Markdown: what the panel shows, each sentence with its original, and where it comes from. */
export function toMarkdown(state: PanelState, words: Words, targetLang = "zh"): string {
  const { paper, title, summary, takeaways, sentences, done } = state;
  const references = (evidence: readonly number[]): string =>
    evidence.length > 0 ? `[${evidence.map((index) => index + 1).join(", ")}]` : "";
  const parts = [
    `# ${title?.text ?? paper.title ?? paper.id ?? words.panel}`,
    [title && paper.title, paper.id && `[arXiv:${paper.id}](https://arxiv.org/abs/${paper.id})`]
      .filter(Boolean)
      .join("  \n"),
    summary?.length && `## ${words.summary}`,
    summary?.map((sentence) => sentence.text + references(sentence.evidence)).join(gap(targetLang)),
    takeaways.some((takeaway) => !takeaway.withheld) && `## ${words.takeaways}`,
    takeaways
      .filter((takeaway) => !takeaway.withheld)
      .map(
        ({ label, text, evidence }) => `- ${label ? `**${words.label[label]}** ` : ""}${text}${references(evidence)}`,
      )
      .join("\n"),
    `## ${words.translation}`,
    sentences
      .filter((sentence) => sentence.text !== null)
      .map(({ index, text, source }) => `${index + 1}. ${text}\n   > ${source}`)
      .join("\n"),
    done && `*arXiv Gloss · ${done.models.map((model) => `${model.name} (${model.digest.slice(0, 19)})`).join(", ")}*`,
  ];
  return parts.filter(Boolean).join("\n\n") + "\n";
}
