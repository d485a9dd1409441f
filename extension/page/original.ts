/**
 * Highlight sentences of the abstract where they stand, without touching a node of it.
 *
 * The CSS Custom Highlight API paints text ranges, so MathJax and arXiv's own scripts never notice. Where a browser
 * lacks it, or where the page's words cannot be matched with the abstract's, nothing is highlighted and all else works.
 */
import { alignWords, wordsOf, type Word } from "./alignment";
import { piecesOf, type Piece } from "./source-text";
import type { Original } from "./types";
import type { Span } from "../shared/span";

/** Names of highlights, as entrypoints/content/page.css colours them. */
const HIGHLIGHT = "arxiv-gloss";
const MARK = "arxiv-gloss-mark";

/** A sentence is highlighted when at least this share of its words was found on the page. */
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

/** The abstract in `blockquote`, whose source is `abstract`. It is watched until `signal` ends. */
export function highlightableOriginal(blockquote: HTMLElement, abstract: string, signal: AbortSignal): Original {
  return new HighlightableOriginal(blockquote, wordsOf(abstract), signal);
}

class HighlightableOriginal implements Original {
  /** Null until they are wanted, and again when the page has changed. */
  private placed: PlacedWord[] | null = null;
  private partners: number[] = [];
  /** What this abstract has painted: of a list several are open, and the names belong to all of them. */
  private readonly painted: Record<typeof HIGHLIGHT | typeof MARK, Range[]> = { [HIGHLIGHT]: [], [MARK]: [] };

  constructor(
    private readonly blockquote: HTMLElement,
    private readonly words: readonly Word[],
    private readonly signal: AbortSignal,
  ) {
    // MathJax typesets when it likes and replaces text nodes: what was found before is then found again.
    const observer = new MutationObserver(() => (this.placed = null));
    observer.observe(blockquote, { childList: true, subtree: true });
    signal.addEventListener("abort", () => {
      observer.disconnect();
      this.highlight([]);
      this.mark([]);
    });
  }

  get canHighlight(): boolean {
    return highlights() !== null;
  }

  highlight(spans: readonly Span[]): void {
    this.paint(HIGHLIGHT, spans);
  }

  mark(spans: readonly Span[]): void {
    this.paint(MARK, spans);
  }

  private paint(name: typeof HIGHLIGHT | typeof MARK, spans: readonly Span[]): void {
    const registry = highlights();
    if (!registry) return;
    const earlier = new Set<AbstractRange>(this.painted[name]);
    this.painted[name] = spans.map((span) => this.rangeOf(span)).filter((range) => range !== null);
    const others = [...(registry.get(name) ?? [])].filter((range) => !earlier.has(range));
    const ranges = [...others, ...this.painted[name]];
    if (ranges.length === 0) registry.delete(name);
    else registry.set(name, new Highlight(...ranges));
  }

  watchPointer(spans: () => readonly Span[], listener: (index: number | null) => void): void {
    let pointed: number | null = null;
    const point = (index: number | null): void => {
      if (index === pointed) return;
      pointed = index;
      listener(index);
    };
    const { signal } = this;
    this.blockquote.addEventListener("pointermove", (event) => point(this.spanAt(event, spans())), { signal });
    this.blockquote.addEventListener("pointerleave", () => point(null), { signal });
  }

  private spanAt(event: PointerEvent, spans: readonly Span[]): number | null {
    const caret = caretAt(this.blockquote.ownerDocument, event);
    if (!caret) return null;
    const index = spans.findIndex(
      (span) => this.rangeOf(span)?.isPointInRange(caret.offsetNode, caret.offset) ?? false,
    );
    return index < 0 ? null : index;
  }

  private rangeOf(span: Span): Range | null {
    const placed = this.placedWords();
    const inside = this.words.flatMap((word, index) => (word.start >= span[0] && word.end <= span[1] ? [index] : []));
    const found = inside.map((index) => this.partners[index] ?? -1).filter((index) => index >= 0);
    const [first, last] = [placed[found[0] ?? -1], placed[found.at(-1) ?? -1]];
    if (!first || !last || found.length < inside.length * MIN_FOUND) return null;
    return rangeBetween(this.blockquote.ownerDocument, first, last);
  }

  private placedWords(): PlacedWord[] {
    if (this.placed) return this.placed;
    const placed = piecesOf(this.blockquote).flatMap((piece, index, pieces) => placeWords(piece, pieces[index + 1]));
    this.partners = alignWords(
      this.words.map((word) => word.text),
      placed.map((word) => word.text),
    );
    return (this.placed = placed);
  }
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
