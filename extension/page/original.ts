/**
 * Light sentences of the abstract where they stand, without touching a node of it.
 *
 * The CSS Custom Highlight API paints text ranges, so MathJax and arXiv's own scripts never notice. Where a browser
 * lacks it, or where the page's words can not be matched with the abstract's, nothing is lit and all else works.
 */
import { alignWords, wordsOf } from "./alignment";
import type { Original } from "./index";
import { piecesOf, type Piece } from "./source-text";
import type { Span } from "../shared/span";

const HIGHLIGHT = "arxiv-gloss";

/** A sentence is lit when at least this share of its words was found on the page. */
const MIN_FOUND = 0.5;

interface PlacedWord {
  text: string;
  piece: Piece;
  /** What follows the piece: a sentence's stop stands there when the sentence ends with a formula. */
  next: Piece | undefined;
  /** Offsets in the piece's text. */
  start: number;
  end: number;
}

export function litOriginal(blockquote: HTMLElement, abstract: string): Original {
  const document = blockquote.ownerDocument;
  const words = wordsOf(abstract);
  let placed: PlacedWord[] | null = null;
  let partners: number[] = [];

  // MathJax typesets when it likes and replaces text nodes: what was found before is then found again.
  new MutationObserver(() => (placed = null)).observe(blockquote, { childList: true, subtree: true });

  const rangeOf = (span: Span): Range | null => {
    if (!placed) {
      placed = piecesOf(blockquote).flatMap((piece, index, pieces) => placeWords(piece, pieces[index + 1]));
      partners = alignWords(
        words.map((word) => word.text),
        placed.map((word) => word.text),
      );
    }
    const inside = words.flatMap((word, index) => (word.start >= span[0] && word.end <= span[1] ? [index] : []));
    const found = inside.map((index) => partners[index] ?? -1).filter((index) => index >= 0);
    const [first, last] = [placed[found[0] ?? -1], placed[found.at(-1) ?? -1]];
    if (!first || !last || found.length < inside.length * MIN_FOUND) return null;
    return rangeBetween(document, first, last);
  };

  return {
    light(spans) {
      const registry = highlights();
      if (!registry) return;
      const ranges = spans.map(rangeOf).filter((range) => range !== null);
      if (ranges.length === 0) registry.delete(HIGHLIGHT);
      else registry.set(HIGHLIGHT, new Highlight(...ranges));
    },
    watchPointer(spans, listener) {
      let pointed: number | null = null;
      const tell = (index: number | null): void => {
        if (index === pointed) return;
        pointed = index;
        listener(index);
      };
      blockquote.addEventListener("pointermove", (event) => {
        const caret = caretAt(document, event);
        const index = caret
          ? spans().findIndex((span) => rangeOf(span)?.isPointInRange(caret.offsetNode, caret.offset) ?? false)
          : -1;
        tell(index < 0 ? null : index);
      });
      blockquote.addEventListener("pointerleave", () => tell(null));
    },
  };
}

function caretAt(document: Document, event: PointerEvent): CaretPosition | null {
  // Chrome has it since 128.
  return "caretPositionFromPoint" in document ? document.caretPositionFromPoint(event.clientX, event.clientY) : null;
}

function highlights(): HighlightRegistry | null {
  return typeof Highlight === "undefined" || typeof CSS === "undefined" || !("highlights" in CSS)
    ? null
    : CSS.highlights;
}

function placeWords(piece: Piece, next: Piece | undefined): PlacedWord[] {
  return wordsOf(piece.text).map(({ text, start, end }) => ({ text, piece, next, start, end }));
}

function rangeBetween(document: Document, first: PlacedWord, last: PlacedWord): Range {
  const range = document.createRange();
  if (first.piece.formula) range.setStartBefore(typesetBefore(first.piece.node as HTMLScriptElement));
  else range.setStart(first.piece.node, openingBefore(first));
  if (!last.piece.formula) range.setEnd(last.piece.node, closingAt(last.piece.text, last.end));
  else if (!last.next || last.next.formula) range.setEndAfter(last.piece.node);
  else range.setEnd(last.next.node, closingAt(last.next.text, 0));
  return range;
}

/** MathJax puts the picture of a formula right before its script. */
function typesetBefore(script: HTMLScriptElement): Element {
  return script.previousElementSibling ?? script;
}

/** Brackets, quotation marks and dollar signs belong to the word that they touch. */
function openingBefore(word: PlacedWord): number {
  return word.start - (/[^\s\p{L}\p{N}.,;:!?]*$/u.exec(word.piece.text.slice(0, word.start))?.[0].length ?? 0);
}

function closingAt(text: string, from: number): number {
  return from + (/^[^\s\p{L}\p{N}([{]*/u.exec(text.slice(from))?.[0].length ?? 0);
}
