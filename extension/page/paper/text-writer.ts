/** A text as it grows, with the place on the page of each of its units. */
import type { Atom, BlockText, Label } from "../types";
import type { Span } from "../../shared/span";

const SPACE = /[ \t\r\n\f\u00a0]/;
const UNSEEN = /[\u200b\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]/;
const CLOSING = /[,.;:)\]]/;
const WORDLIKE = /[\p{L}\p{N}]/u;
/** TeX beyond this is sent by a name: the server knows no formulas of that length. */
const LONGEST_TEX = 400;

export class TextWriter implements BlockText {
  text = "";
  readonly atoms = new Map<string, Atom>();
  readonly notes: { offset: number; mark: Element }[] = [];
  private readonly nodes: Node[] = [];
  /** Offset in its text node; -1 for a unit that stands for a whole element. */
  private readonly offsets: number[] = [];
  /** What the text ends with, where that is an atom. */
  private last: { key: string; opaque: boolean } | null = null;
  private named = 0;
  /** A closing bracket that went into a label. */
  private swallow = "";

  constructor(private readonly document: Document) {}

  write(node: Text): void {
    const { data } = node;
    for (let index = 0; index < data.length; index++) {
      const unit = data[index]!;
      if (UNSEEN.test(unit)) continue;
      if (SPACE.test(unit)) this.space(node, index);
      else if (unit === this.swallow) this.swallow = "";
      else this.unit(unit, node, index, data[index + 1] ?? "");
    }
  }

  space(node: Node, offset = -1): void {
    if (this.text !== "" && !/[ (\[]$/.test(this.text)) this.put(" ", node, offset);
  }

  /** A formula by its TeX; one that touches another is one with it. */
  formula(tex: string, node: Element): void {
    if (tex === "") return;
    if (tex.length > LONGEST_TEX) return this.opaque([node]);
    const before = this.last;
    if (before && !before.opaque) {
      const nodes = [...this.atoms.get(before.key)!.nodes, node];
      this.cut(this.text.length - 1);
      return this.closeFormula(before.key + tex, tex, { nodes, label: null }, node);
    }
    if (before) this.put(" ", node, -1);
    // LaTeXML gives a script that hangs on a word an empty base, which would part it from the word.
    const hung = WORDLIKE.test(this.text.slice(-1)) ? tex.replace(/\{\s?\}(?=[\^_])/g, "") : tex;
    this.put("$", node, -1);
    this.closeFormula(hung, hung, { nodes: [node], label: null }, node);
  }

  /** Something that comes back as it is, sent by a name. */
  opaque(nodes: readonly Node[], label: Label | null = null): void {
    const key = `\\ref{${letters(this.named++)}}`;
    const node = nodes[0]!;
    if (this.text !== "" && !/[ (\[]$/.test(this.text)) this.put(" ", node, -1);
    this.put(`$${key}$`, node, -1);
    this.atoms.set(key, { nodes, label });
    this.last = { key, opaque: true };
  }

  note(mark: Element): void {
    this.notes.push({ offset: this.text.length, mark });
  }

  /** Take back what was written from `start` on; `bracket` will not be written when it comes. */
  cut(start: number, bracket = ""): void {
    this.text = this.text.slice(0, start);
    this.nodes.length = this.offsets.length = start;
    this.last = null;
    this.swallow = bracket;
  }

  finish(): this {
    if (this.text.endsWith(" ")) this.cut(this.text.length - 1);
    return this;
  }

  rangeOf([start, end]: Span): Range | null {
    const [first, last] = [this.nodes[start], this.nodes[end - 1]];
    if (!first?.isConnected || !last?.isConnected) return null;
    const range = this.document.createRange();
    if (this.offsets[start]! < 0) range.setStartBefore(first);
    else range.setStart(first, this.offsets[start]!);
    if (this.offsets[end - 1]! < 0) range.setEndAfter(last);
    else range.setEnd(last, this.offsets[end - 1]! + 1);
    return range;
  }

  private unit(unit: string, node: Node, offset: number, next: string): void {
    if (CLOSING.test(unit) && this.text.endsWith(" ") && !WORDLIKE.test(next)) this.cut(this.text.length - 1);
    else if (this.last?.opaque && WORDLIKE.test(unit)) this.put(" ", node, -1);
    // A bare dollar sign delimits a formula.
    this.put(unit === "$" ? "\\$" : unit, node, offset);
  }

  private closeFormula(key: string, tex: string, atom: Atom, node: Element): void {
    this.put(`${tex}$`, node, -1);
    this.atoms.set(key, atom);
    this.last = { key, opaque: false };
  }

  private put(text: string, node: Node, offset: number): void {
    this.text += text;
    for (let count = text.length; count > 0; count--) {
      this.nodes.push(node);
      this.offsets.push(offset);
    }
    this.last = null;
  }
}

/** 0 is a, 25 is z, 26 is ba: figures would be numbers of the text. */
function letters(count: number): string {
  const rest = Math.floor(count / 26);
  return (rest > 0 ? letters(rest) : "") + String.fromCharCode(97 + (count % 26));
}
