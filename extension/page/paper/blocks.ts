/** The parts of an HTML paper that are translated, in the order of the page: LaTeXML's paragraphs, headings, captions
 *  and notes (https://math.nist.gov/~BMiller/LaTeXML/manual/). Tables, code, formulas, names and references stay. */
import type { DisplayFormula, PaperBlock } from "../types";
import { NUMBER_OF_NOTE, readBlockText, texOf } from "./block-text";
import { isHidden } from "./hidden";
import { readLabel } from "./labels";

const LEFT_ALONE = [
  ".ltx_authors",
  ".ltx_dates",
  ".ltx_TOC",
  ".ltx_pagination",
  ".ltx_listing",
  ".ltx_verbatim",
  ".ltx_equation",
  ".ltx_equationgroup",
  ".ltx_biblist",
  ".ltx_index",
  ".ltx_rdf",
  ".ltx_ERROR",
  ".ltx_classification",
  ".ltx_keywords",
  "table",
  "math",
  "svg",
  "script",
  "style",
].join(", ");
/** With text of their own, beside a heading. */
const LOOSE = ".ltx_acknowledgements";
const IN_TEXT = "span, a, em, i, b, sup, p";

export function findBlocks(article: Element): PaperBlock[] {
  return [...blocksIn(article)].filter(
    ({ text, label }) => hasWords(text.text) || (label !== null && text.text === ""),
  );
}

/** Rows of one display belong together; its number goes with it. */
export function findDisplays(article: Element): DisplayFormula[] {
  return [...article.querySelectorAll(".ltx_equation, .ltx_equationgroup")]
    .filter((element) => !element.parentElement?.closest(".ltx_equation, .ltx_equationgroup"))
    .flatMap((element) => {
      const tex = [...element.querySelectorAll("math")].map(texOf).join(" ");
      const number = element.querySelector(".ltx_tag_equation")?.textContent.replace(/[()\s]/g, "");
      return tex === "" ? [] : [{ element, tex: number ? `${tex} \\tag{${number}}` : tex }];
    });
}

function* blocksIn(parent: Element): Generator<PaperBlock> {
  for (const element of parent.children) {
    if (element.matches(LEFT_ALONE) || isHidden(element)) continue;
    if (element.matches(".ltx_note")) yield* noteIn(element);
    else if (element.matches(".ltx_title")) yield* withNotes(new Block(element, "heading"));
    else if (element.matches(".ltx_caption")) yield* withNotes(new Block(element, "caption"));
    else if (element.matches(".ltx_p")) yield* withNotes(new Block(element, "paragraph"));
    else {
      yield* blocksIn(element);
      if (element.matches(LOOSE)) yield new Block(element, "paragraph", ".ltx_title, .ltx_p, .ltx_para");
    }
  }
}

function* withNotes(block: Block): Generator<PaperBlock> {
  yield block;
  for (const note of block.element.querySelectorAll(".ltx_note")) yield* noteIn(note);
}

function* noteIn(note: Element): Generator<PaperBlock> {
  const content = note.querySelector<HTMLElement>(".ltx_note_content");
  if (!content || !note.matches(".ltx_role_footnote")) return;
  if (content.querySelector(".ltx_p")) yield* blocksIn(content);
  else yield new Block(content, "note", NUMBER_OF_NOTE);
}

/** At least one word outside of formulas. */
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replace(/\$[^$]*\$/g, ""));

class Block implements PaperBlock {
  readonly text;
  readonly label;
  readonly element;

  constructor(
    element: Element,
    readonly kind: PaperBlock["kind"],
    without = "",
  ) {
    this.element = element as HTMLElement;
    const tag = kind === "caption" || kind === "heading" ? element.querySelector(":scope > .ltx_tag") : null;
    this.label = tag ? readLabel(tag.textContent) : null;
    this.text = readBlockText(element, this.label ? `.ltx_tag${without && `, ${without}`}` : without);
  }

  place(host: HTMLElement): void {
    if (this.kind === "note" || this.element.matches(LOOSE)) this.element.append(host);
    else this.element.after(host);
  }

  /** Whether what is placed stands in running text. */
  get isInline(): boolean {
    const around = this.kind === "note" ? this.element : this.element.parentElement;
    return around?.matches(IN_TEXT) ?? false;
  }
}
