import type { FigureCaption, Place, Point, SectionGist, Statement } from "../../shared/wire";
import type { Words } from "../../shared/words";
import { escapeMarkdown } from "../escape-markdown";
import { joinParts, linkTo, sentenceList, underHeading } from "../markdown";
import type { FullTextState } from "./state";

/** The gloss of a whole paper as Markdown; figures whose picture is in a file of the folder `figures` are linked. */
export function fullTextToMarkdown(fullText: FullTextState, words: Words, linked = false): string {
  const { abstract, outline, overview, points, sections, figures, pictures } = fullText;
  const isLinked = ({ index }: FigureCaption): boolean => linked && pictures[index] !== undefined;
  return joinParts([
    `# ${escapeMarkdown(abstract.title?.text ?? outline?.title ?? words.panel)}`,
    headOf(fullText),
    joined((outline?.notices ?? []).map(({ code, params }) => `> ${words.notices[code]?.(params) ?? code}`)),
    underHeading(words.summary, overviewText(overview, words)),
    underHeading(words.takeaways, pointList(points, words)),
    underHeading(words.translation, sentenceList(abstract.sentences)),
    underHeading(words.fullText.sections, joined(sections.map((section) => sectionText(section, words)))),
    underHeading(words.fullText.figures, joined(figures.map((figure) => figureText(figure, words, isLinked(figure))))),
    abstract.done && `*arXiv Gloss · ${abstract.done.models.map((model) => model.name).join(", ")}*`,
  ]);
}

/** Name of a figure's picture. */
export function fileOf({ index, kind, number }: FigureCaption): string {
  return `${String(index + 1).padStart(2, "0")}-${kind}-${number.replace(/[^\w.-]/g, "") || index + 1}.png`;
}

/** The title as its authors wrote it, whose paper it is, and where it is. */
function headOf({ abstract, outline }: FullTextState): string {
  const { id } = abstract.paper;
  const original = abstract.title && outline?.title;
  const authors = outline?.authors.join(", ");
  return [original && escapeMarkdown(original), authors && escapeMarkdown(authors), id && linkTo(id)]
    .filter(Boolean)
    .join("  \n");
}

function overviewText(overview: readonly Statement[], words: Words): string {
  return overview.map(({ text, evidence }) => escapeMarkdown(text) + pagesOf(evidence, words)).join(" ");
}

function pointList(points: readonly Point[], words: Words): string {
  return points
    .filter((point) => !point.withheld)
    .map(
      ({ label, text, evidence }) =>
        `- ${label ? `**${words.label[label]}** ` : ""}${escapeMarkdown(text)}${pagesOf(evidence, words)}`,
    )
    .join("\n");
}

function sectionText({ title, level, gist, evidence }: SectionGist, words: Words): string {
  const heading = `${"#".repeat(Math.min(6, level + 2))} ${escapeMarkdown(title.text)}`;
  return gist ? `${heading}\n\n${escapeMarkdown(gist)}${pagesOf(evidence, words)}` : heading;
}

function figureText(figure: FigureCaption, words: Words, linked: boolean): string {
  const name = escapeMarkdown(words.fullText.figureName(figure.kind, figure.number));
  const picture = linked ? `![${name}](figures/${fileOf(figure)})\n\n` : "";
  return `${picture}**${name}** ${escapeMarkdown(figure.caption.text)}`;
}

function pagesOf(evidence: readonly Place[], words: Words): string {
  const numbers = [...new Set(evidence.map((place) => place.page))].filter((page) => page !== null);
  return numbers.length > 0 ? ` (${numbers.map(words.fullText.page).join(", ")})` : "";
}

const joined = (parts: readonly string[]): string => parts.join("\n\n");
