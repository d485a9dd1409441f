import type { FigureCaption, Place } from "../../shared/wire";
import type { Words } from "../../shared/words";
import type { WholeState } from "./state";

/** The gloss of a whole paper as Markdown; figures whose picture is in a file of the folder `figures` are linked. */
export function wholeToMarkdown(whole: WholeState, words: Words, linked = false): string {
  const { abstract, outline, overview, points, sections, figures } = whole;
  const pages = (evidence: readonly Place[]): string => {
    const numbers = [...new Set(evidence.map((place) => place.page))].filter((page) => page !== null);
    return numbers.length > 0 ? ` (${numbers.map(words.whole.page).join(", ")})` : "";
  };
  const shown = points.filter((point) => !point.withheld);
  const parts = [
    `# ${abstract.title?.text ?? outline?.title ?? words.panel}`,
    [abstract.title && outline?.title, outline?.authors.join(", "), abstract.paper.id && linkTo(abstract.paper.id)]
      .filter(Boolean)
      .join("  \n"),
    overview.length > 0 && `## ${words.summary}`,
    overview.map((sentence) => sentence.text + pages(sentence.evidence)).join(" "),
    shown.length > 0 && `## ${words.takeaways}`,
    shown
      .map(({ label, text, evidence }) => `- ${label ? `**${words.label[label]}** ` : ""}${text}${pages(evidence)}`)
      .join("\n"),
    abstract.sentences.length > 0 && `## ${words.translation}`,
    abstract.sentences.map(({ index, text, source }) => `${index + 1}. ${text ?? ""}\n   > ${source}`).join("\n"),
    sections.length > 0 && `## ${words.whole.sections}`,
    ...sections.flatMap(({ title, level, gist, evidence }) => [
      `${"#".repeat(Math.min(6, level + 2))} ${title.text}`,
      gist && gist + pages(evidence),
    ]),
    figures.length > 0 && `## ${words.whole.figures}`,
    ...figures.map((figure) => {
      const name = words.whole.figureName(figure.kind, figure.number);
      const picture = linked && whole.pictures[figure.index] ? `![${name}](figures/${fileOf(figure)})\n\n` : "";
      return `${picture}**${name}** ${figure.caption.text}`;
    }),
    abstract.done && `*arXiv Gloss · ${abstract.done.models.map((model) => model.name).join(", ")}*`,
  ];
  return parts.filter(Boolean).join("\n\n") + "\n";
}

/** Name of a figure's picture. */
export function fileOf({ index, kind, number }: FigureCaption): string {
  return `${String(index + 1).padStart(2, "0")}-${kind}-${number.replace(/[^\w.-]/g, "") || index + 1}.png`;
}

const linkTo = (id: string): string => `[arXiv:${id}](https://arxiv.org/abs/${id})`;
