/** The paper in both languages as Markdown: each part with its translation beneath, formulas as TeX. */
import type { DisplayFormula, PaperBlock } from "../page";
import { isUntranslated } from "../panel";
import { sentenceGap } from "../shared/language";
import { referenceWords } from "../shared/words";
import { plainText } from "./pieces";
import type { Sentence, Translation } from "./types";

export interface TranslatedBlock {
  block: PaperBlock;
  translation: Translation;
}

/** `formulas`: those that stand in lines of their own. */
export function bilingualMarkdown(
  parts: readonly TranslatedBlock[],
  formulas: readonly DisplayFormula[],
  { id, targetLang }: { id: string; targetLang: string },
): string {
  const written = [
    ...parts.map((part) => ({ element: part.block.element, text: partText(part, targetLang) })),
    ...formulas.map(({ element, tex }) => ({ element, text: `$$\n${tex}\n$$` })),
  ];
  written.sort((one, other) => (follows(other.element, one.element) ? -1 : 1));
  const source = `[arXiv:${id}](https://arxiv.org/abs/${id})`;
  return [...written.map(({ text }) => text), source].filter((text) => text !== "").join("\n\n") + "\n";
}

const follows = (later: Element, earlier: Element): boolean =>
  (earlier.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

function partText({ block, translation }: TranslatedBlock, targetLang: string): string {
  const source = escaped(labelled(plainText(block.text.text, block.text.atoms), block, "en"));
  const target = translationText(translation.sentences, block, targetLang);
  const said = target === "" ? "" : escaped(labelled(target, block, targetLang));
  if (block.kind === "heading") {
    const marks = "#".repeat(Number(/^h([1-6])$/.exec(block.element.localName)?.[1] ?? 6));
    return `${marks} ${source}${said && said !== source ? `\n\n${marks} ${said}` : ""}`;
  }
  const both = [source, said].filter((text) => text !== "");
  if (block.kind === "note") return both.map((text) => `> ${text}`).join("\n>\n");
  const isItem = block.element.closest("li") !== null;
  return isItem ? `- ${both.join("\n\n  ")}` : both.join("\n\n");
}

function translationText(sentences: readonly Sentence[], block: PaperBlock, targetLang: string): string {
  const texts = sentences.map(({ text, source, flags }) => (isUntranslated(flags) ? source : (text ?? "")));
  return texts.map((text) => plainText(text, block.text.atoms)).join(sentenceGap(targetLang));
}

function labelled(text: string, { label }: PaperBlock, lang: string): string {
  if (!label) return text;
  const { captionEnd, ...words } = referenceWords(lang);
  return words[label.kind].replace("{}", label.number) + captionEnd + text;
}

/** Signs that would be Markdown, outside of formulas. */
function escaped(text: string): string {
  return text
    .split(/(\$[^$]+\$)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\`*_[\]<>#|]/g, "\\$&")))
    .join("");
}
