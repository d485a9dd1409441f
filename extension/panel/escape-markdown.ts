/**
 * Texts of others inside Markdown of ours; the only place that escapes for it, by the rule of the server's own
 * (text/escaping.py). A text stays one line, without markup, HTML, pictures or links but bare addresses; formulas stay TeX.
 */
import { splitFormulas } from "./formulas";

const MARKUP = /[\\`*_[\]<$]|~(?=~)|&(?=#|\w+;)/g;
/** Of `<`, a backslash would leave `<img` to readers of Markdown that know no escapes. */
const ENTITIES: Record<string, string> = { "<": "&lt;", "&": "&amp;" };
const ADDRESS = /https?:\/\/[^\s<>"'`[\]{}|\\^()*]+/g;
const BLOCK = /^(\d{1,9})(?=[.)])|^(?=[#>+=:|-])/;
/** Line breaks, control characters, what turns a text around, and tags that nobody sees. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]+/gu;

export function escapeMarkdown(text: string): string {
  const line = splitFormulas(text.replace(UNSEEN, " ").trim())
    .map(({ formula, display, text: piece }) => (formula ? formulaOf(piece, display) : wordsOf(piece)))
    .join("");
  return line.replace(BLOCK, "$1\\");
}

/** TeX that means the same, and nothing to Markdown. */
function formulaOf(tex: string, display: boolean): string {
  const said = tex.replaceAll("<", "\\lt ").replaceAll(">", "\\gt ").replaceAll("`", "'");
  const marks = display ? "$$" : "$";
  return marks + said.replaceAll("](", "] (").replaceAll("][", "] [") + marks;
}

function wordsOf(text: string): string {
  let line = "";
  let from = 0;
  for (const address of text.matchAll(ADDRESS)) {
    line += escapeSigns(text.slice(from, address.index)) + address[0];
    from = address.index + address[0].length;
  }
  return line + escapeSigns(text.slice(from));
}

const escapeSigns = (text: string): string => text.replace(MARKUP, (sign) => ENTITIES[sign] ?? `\\${sign}`);
