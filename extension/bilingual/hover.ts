/** Point at a sentence, and its pair lights up with it; no node of the page is touched (CSS Custom Highlight API). */
import type { Span } from "../shared/span";
import type { PaperBlock } from "../page";
import { SENTENCE } from "./names";

/** As entrypoints/content/page.css colours it. */
const HIGHLIGHT = "arxiv-gloss";

export interface Paired {
  block: PaperBlock;
  host: HTMLElement;
  spans: readonly Span[];
}

/** `pairedAt`: the part of the paper that an element belongs to. */
export function watchPointer(
  article: HTMLElement,
  pairedAt: (element: Element) => Paired | null,
  signal: AbortSignal,
): void {
  if (typeof Highlight === "undefined" || !("highlights" in CSS)) return;
  const light = (paired: Paired | null, index: number): void => {
    const ranges = paired && index >= 0 ? rangesOf(paired, index) : [];
    if (ranges.length === 0) CSS.highlights.delete(HIGHLIGHT);
    else CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  };
  const point = (event: PointerEvent): void => {
    const element = event.target instanceof Element ? event.target : null;
    const paired = element && pairedAt(element);
    light(paired, paired ? indexAt(paired, element, event) : -1);
  };
  article.addEventListener("pointermove", point, { signal, passive: true });
  article.addEventListener("pointerleave", () => light(null, -1), { signal });
  signal.addEventListener("abort", () => CSS.highlights.delete(HIGHLIGHT));
}

function indexAt(paired: Paired, element: Element, event: PointerEvent): number {
  const sentence = element.closest<HTMLElement>(`.${SENTENCE}`);
  if (sentence) return Number(sentence.dataset.index);
  const { ownerDocument } = element;
  // Chrome has it since 128.
  if (!("caretPositionFromPoint" in ownerDocument)) return -1;
  const caret = ownerDocument.caretPositionFromPoint(event.clientX, event.clientY);
  if (!caret) return -1;
  return paired.spans.findIndex(
    (span) => paired.block.text.rangeOf(span)?.isPointInRange(caret.offsetNode, caret.offset) ?? false,
  );
}

function rangesOf({ block, host, spans }: Paired, index: number): Range[] {
  const original = spans[index] ? block.text.rangeOf(spans[index]) : null;
  const sentence = host.querySelector(`.${SENTENCE}[data-index="${index}"]`);
  const ranges = original ? [original] : [];
  if (sentence) {
    const range = host.ownerDocument.createRange();
    range.selectNodeContents(sentence);
    ranges.push(range);
  }
  return ranges;
}
