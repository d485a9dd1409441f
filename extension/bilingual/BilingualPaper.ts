/** A paper of which every part has its translation beneath it, beside it or in its place; and, switched off, the page
 *  as it was: nothing of the page's own is ever changed, and what was put into it is taken out again. */
import type { HtmlPaper, PaperBlock } from "../page";
import type { Failure } from "../shared/failure";
import type { Event as GlossEvent } from "../shared/wire";
import { drawTranslation } from "./drawing";
import { watchPointer, type Paired } from "./hover";
import { HOST } from "./names";
import { keepPlace } from "./place";
import { estimatedHeight } from "./reserve";
import { nextBatch, shouldInterrupt, type Progress } from "./schedule";
import type { Style, Translation } from "./types";

/** Read by the style sheet: how translations stand. */
const LAYOUT = "arxivGlossLayout";
/** How far beyond the window a part counts as in sight, of the window's height. */
const AHEAD = "25%";
/** Of scrolling, before what is in sight then goes before what was asked. */
const SETTLED_MILLISECONDS = 120;

interface Part {
  block: PaperBlock;
  host: HTMLElement;
  progress: Progress;
  translation: Translation;
  isDrawn: boolean;
}

export interface BilingualListener {
  /** What is to be asked now, in this order, and in the place of what was asked before. */
  ask: (blocks: readonly PaperBlock[]) => void;
  /** How far it is has changed. */
  onProgress: () => void;
}

export class BilingualPaper {
  private readonly parts: Part[];
  private readonly byElement = new Map<Element, Part>();
  private readonly inSight = new Set<number>();
  /** Of the last question, what has not been answered yet, and where its first stood in it. */
  private asked: number[] = [];
  private answered = 0;
  private readonly lifetime = new AbortController();
  private readonly observer: IntersectionObserver;
  private drawing = 0;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private readonly undrawn = new Set<Part>();

  constructor(
    private readonly paper: HtmlPaper,
    private style: Style,
    private readonly listener: BilingualListener,
  ) {
    const { document } = this;
    this.parts = paper.findBlocks().map((block) => ({
      block,
      host: makeHost(document, block, style),
      progress: block.text.text === "" ? "ready" : "waiting",
      translation: { sentences: [], left: null },
      isDrawn: false,
    }));
    for (const part of this.parts) this.byElement.set(part.block.element, part).set(part.host, part);
    this.observer = new IntersectionObserver((entries) => this.see(entries), { rootMargin: `${AHEAD} 0px` });
    this.place();
    for (const part of this.parts) {
      if (part.progress === "ready") this.draw(part);
      this.observer.observe(part.block.element);
    }
    watchPointer(paper.article, (element) => this.pairedAt(element), this.lifetime.signal);
  }

  get ready(): number {
    return this.parts.filter(({ progress }) => progress === "ready").length;
  }

  get all(): number {
    return this.parts.length;
  }

  /** Each part with its translation, in the order of the page. */
  get translated(): readonly { block: PaperBlock; translation: Translation }[] {
    return this.parts;
  }

  /** The page as it was. */
  remove(): void {
    this.lifetime.abort();
    this.observer.disconnect();
    this.view.cancelAnimationFrame(this.drawing);
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.keepPlace(() => {
      for (const { host } of this.parts) host.remove();
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- an attribute that must be gone again
      delete this.document.documentElement.dataset[LAYOUT];
    });
  }

  setStyle(style: Style): void {
    const isOther = style.layout !== this.style.layout;
    this.style = style;
    this.keepPlace(() => {
      if (isOther) this.document.documentElement.dataset[LAYOUT] = style.layout;
      for (const part of this.parts) if (part.isDrawn) this.draw(part);
    });
  }

  /** Everything is to be asked again: the translations are other ones now. */
  renew(): void {
    for (const part of this.parts) {
      if (part.block.text.text === "") continue;
      part.progress = "waiting";
      part.translation = { sentences: [], left: null };
    }
    this.asked = [];
    this.ask();
  }

  /** What was asked will not be answered. */
  drop(): void {
    for (const index of this.asked) this.parts[index]!.progress = "waiting";
    this.asked = [];
  }

  /** Ask for what is wanted next, unless something is on its way. */
  ask(): void {
    if (this.asked.length > 0) return;
    const batch = nextBatch(this.states(), this.inSight);
    if (batch.length === 0) return;
    for (const index of batch) this.parts[index]!.progress = "asked";
    this.asked = batch;
    this.answered = 0;
    this.listener.ask(batch.map((index) => this.parts[index]!.block));
  }

  /** An event about the part at this position of the last question. */
  take(position: number, event: GlossEvent): void {
    const index = this.asked[position - this.answered];
    const part = index === undefined ? undefined : this.parts[index];
    if (!part) return;
    if (event.event === "started") {
      part.translation = {
        sentences: event.segments.map(({ span, source }) => ({ span, source, text: null, flags: [] })),
        left: null,
      };
    } else if (event.event === "segment") {
      const { span, source, text, flags } = event;
      part.translation.sentences[event.index] = { span, source, text, flags };
    } else if (event.event === "done") this.finish(part, position, null);
    else if (event.event === "error") this.finish(part, position, { code: event.code, message: event.message });
  }

  private finish(part: Part, position: number, left: Failure | null): void {
    if (left) part.translation = { sentences: [], left };
    part.progress = left?.code === "busy" ? "waiting" : "ready";
    this.asked = this.asked.slice(position - this.answered + 1);
    this.answered = position + 1;
    this.undrawn.add(part);
    this.drawing ||= this.view.requestAnimationFrame(() => this.drawAll());
    this.listener.onProgress();
  }

  private drawAll(): void {
    this.drawing = 0;
    this.keepPlace(() => {
      for (const part of this.undrawn) this.draw(part);
      this.undrawn.clear();
    });
  }

  private draw(part: Part): void {
    const { host, block, translation } = part;
    part.isDrawn = true;
    host.replaceChildren(drawTranslation(this.document, block, translation, this.style));
    host.lang = this.style.targetLang;
    host.dataset.state = translation.left ? "left" : "ready";
    // Nothing was there to be translated: no word is lost about it.
    host.hidden = translation.left?.code === "not_text" || translation.left?.code === "empty_abstract";
    if (!this.inSight.has(this.parts.indexOf(part))) host.style.removeProperty("min-height");
  }

  private place(): void {
    this.keepPlace(() => {
      const heights = this.parts.map(({ block }) => reservedFor(this.view, block));
      this.document.documentElement.dataset[LAYOUT] = this.style.layout;
      this.parts.forEach(({ block, host }, index) => {
        host.style.minHeight = `${heights[index]!}px`;
        block.place(host);
      });
    });
  }

  private see(entries: IntersectionObserverEntry[]): void {
    const gone: Part[] = [];
    for (const { target, isIntersecting } of entries) {
      const part = this.byElement.get(target)!;
      const index = this.parts.indexOf(part);
      if (isIntersecting) this.inSight.add(index);
      else if (this.inSight.delete(index) && part.isDrawn) gone.push(part);
    }
    if (gone.length > 0) {
      this.keepPlace(() => {
        for (const { host } of gone) host.style.removeProperty("min-height");
      });
    }
    if (this.asked.length === 0) this.ask();
    else this.waiting ??= setTimeout(() => this.reconsider(), SETTLED_MILLISECONDS);
  }

  private reconsider(): void {
    this.waiting = null;
    if (shouldInterrupt(this.states(), this.inSight, this.asked[0])) this.drop();
    this.ask();
  }

  private pairedAt(element: Element): Paired | null {
    for (let at: Element | null = element; at && at !== this.paper.article; at = at.parentElement) {
      const part = this.byElement.get(at);
      if (part) return { ...part, spans: part.translation.sentences.map(({ span }) => span) };
    }
    return null;
  }

  private states(): Progress[] {
    return this.parts.map(({ progress }) => progress);
  }

  private keepPlace(change: () => void): void {
    keepPlace(
      this.view,
      this.parts.map(({ block, host }) => [block.element, host]),
      change,
    );
  }

  private get document(): Document {
    return this.paper.article.ownerDocument;
  }

  private get view(): Window {
    return this.document.defaultView!;
  }
}

function makeHost(document: Document, block: PaperBlock, { targetLang }: Style): HTMLElement {
  const host = document.createElement(block.isInline ? "span" : "div");
  host.className = HOST;
  host.dataset.kind = block.kind;
  host.dataset.state = "waiting";
  host.lang = targetLang;
  const { fontSize, fontWeight, textAlign, marginTop, marginBottom } = getComputedStyle(block.element);
  if (block.kind === "heading") Object.assign(host.style, { fontSize: `${parseFloat(fontSize) * 0.9}px`, fontWeight });
  if (block.kind === "note") return host;
  host.style.textAlign = textAlign;
  host.style.setProperty("--original-top", marginTop || "0px");
  host.style.setProperty("--original-bottom", marginBottom || "0px");
  return host;
}

function reservedFor(view: Window, block: PaperBlock): number {
  const style = view.getComputedStyle(block.element);
  const fontSize = parseFloat(style.fontSize) || 16;
  const { height, width } = block.element.getBoundingClientRect();
  const lineHeight = parseFloat(style.lineHeight) || fontSize * 1.5;
  return Math.round(estimatedHeight(block.text.text, { height, width, fontSize, lineHeight }));
}
