/** A translation as elements of the page: sentences, and marks that open what could not be verified. */
import type { PaperBlock } from "../page";
import { isUnsure, isUntranslated } from "../panel";
import { langAttributes, sentenceGap } from "../shared/language";
import { referenceWords } from "../shared/words";
import { copyOf, drawAtom } from "./atoms";
import { LABEL, SENTENCE } from "./names";
import { piecesOf, plainText, type Piece } from "./pieces";
import type { Sentence, Style, Translation } from "./types";

const HAN = /\p{Script=Han}$/u;

export function drawTranslation(
  document: Document,
  block: PaperBlock,
  translation: Translation,
  style: Style,
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  if (translation.left) {
    fragment.append(leftAlone(document, translation.left.code, style));
    return fragment;
  }
  const label = labelOf(block, style);
  if (label) fragment.append(label);
  translation.sentences.forEach((sentence, index) => {
    fragment.append(...drawSentence(document, block, sentence, index, style), sentenceGap(style.targetLang));
  });
  const last = fragment.lastChild;
  if (last instanceof Text && last.data === "") last.remove();
  return fragment;
}

/** `Figure 1: ` in the language of the translation. */
function labelOf({ label, kind, text, element }: PaperBlock, { targetLang }: Style): Node | null {
  if (!label) return null;
  const { captionEnd, ...words } = referenceWords(targetLang);
  const span = element.ownerDocument.createElement("span");
  span.className = LABEL;
  span.lang = targetLang;
  const end = kind === "caption" ? captionEnd : text.text === "" ? "" : " ";
  span.textContent = words[label.kind].replace("{}", label.number) + end;
  return span;
}

function leftAlone(document: Document, code: string, { words }: Style): Node {
  const remark = document.createElement("span");
  remark.className = "arxiv-gloss-remark";
  remark.textContent = `${words.untranslated}: ${words.bilingual.left[code] ?? words.bilingual.leftOther}`;
  return remark;
}

function drawSentence(document: Document, block: PaperBlock, sentence: Sentence, index: number, style: Style): Node[] {
  const untranslated = isUntranslated(sentence.flags);
  const span = document.createElement("span");
  span.className = SENTENCE;
  span.dataset.index = String(index);
  const { lang, dir } = langAttributes(untranslated ? "en" : style.targetLang);
  span.lang = lang;
  if (dir) span.dir = dir;
  span.append(...drawText(document, untranslated ? sentence.source : (sentence.text ?? ""), block, style));
  const notes = block.text.notes.filter((note) => isWithin(note.offset, sentence, block, index));
  const marks = notes.map(({ mark }) => copyOf(mark));
  return [span, ...marks, ...drawFlags(document, block, sentence, untranslated, style)];
}

/** Whether a note's mark stands in this sentence, or right behind it. */
function isWithin(offset: number, { span: [start, end] }: Sentence, block: PaperBlock, index: number): boolean {
  const isLast = end >= block.text.text.length - 1;
  return (offset > start || index === 0) && (offset <= end || isLast);
}

export function drawText(document: Document, text: string, block: PaperBlock, style: Style): Node[] {
  let before = "";
  return closedUp(piecesOf(text, block.text.atoms), style).flatMap((piece): Node[] => {
    if (piece.text !== null) {
      before = piece.text;
      return [document.createTextNode(piece.text)];
    }
    const atom = drawAtom(document, piece.tex, piece.atom, style);
    // The thin space between scripts, which browsers put between letters but not beside a formula.
    if (atom instanceof Element && HAN.test(before)) atom.classList.add("after-han");
    before = "";
    return [atom];
  });
}

/** No spaces around a reference that begins or ends with Chinese, as the model puts them around formulas. */
function closedUp(pieces: readonly Piece[], { targetLang }: Style): readonly Piece[] {
  if (!targetLang.startsWith("zh")) return pieces;
  const isWorded = (piece: Piece | undefined): boolean =>
    piece?.atom?.label !== undefined && piece.atom.label !== null && piece.atom.label.kind !== "link";
  return pieces.map((piece, index) => {
    if (piece.text === null) return piece;
    const start = isWorded(pieces[index - 1]) ? piece.text.replace(/^ +/, "") : piece.text;
    return { ...piece, text: isWorded(pieces[index + 1]) ? start.replace(/ +$/, "") : start };
  });
}

function drawFlags(
  document: Document,
  block: PaperBlock,
  sentence: Sentence,
  untranslated: boolean,
  style: Style,
): Node[] {
  const { flags, text, source } = sentence;
  if (flags.length === 0) return [];
  const { words } = style;
  const note = document.createElement("span");
  note.className = "arxiv-gloss-note";
  note.hidden = true;
  for (const flag of flags) {
    const params = Object.fromEntries(
      Object.entries(flag.params).map(([name, value]) => [name, plainText(value, block.text.atoms)]),
    );
    const reason = document.createElement("span");
    reason.textContent = words.flags[flag.code]?.(params) ?? words.flagUnknown(flag.code);
    note.append(reason);
  }
  const shown = document.createElement("span");
  shown.lang = untranslated ? style.targetLang : "en";
  shown.append(...drawText(document, untranslated ? (text ?? "") : source, block, style));
  note.append(shown);
  const isWorded = isUnsure(flags);
  return [markFor(document, note, untranslated ? words.untranslated : isWorded ? words.unsure : "※", style), note];
}

/** A button in running text; U+2060 keeps it on the line of the word that it belongs to (panel/InlineButton.tsx). */
function markFor(document: Document, note: HTMLElement, text: string, { words }: Style): Node {
  const mark = document.createElement("span");
  mark.className = "arxiv-gloss-mark";
  mark.setAttribute("role", "button");
  mark.tabIndex = 0;
  mark.setAttribute("aria-label", words.flag);
  mark.setAttribute("aria-expanded", "false");
  mark.title = words.flag;
  mark.textContent = `\u2060${text}`;
  const toggle = (): void => {
    note.hidden = !note.hidden;
    mark.setAttribute("aria-expanded", String(!note.hidden));
  };
  mark.addEventListener("click", toggle);
  mark.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle();
  });
  return mark;
}
