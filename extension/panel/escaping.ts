/** Texts of others in Markdown of ours; the server's text/escaping.py does the same for its files. */

/** Control characters, and those that turn the direction of a text around. */
const NEVER = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const FORMULA = /(\$\$[^$]+\$\$|\$(?:\\.|[^$\\])+\$)/;
const SIGNS = /[\\`*_[\]<$]|~(?=~)|&(?=#|\w+;)/g;
const ENTITIES: Record<string, string> = { "<": "&lt;", "&": "&amp;" };
const BEGINS_A_BLOCK = /^(\d{1,9})(?=[.)])|^(?=[#>+=:|-])/;

/** For one line of Markdown: no markup, no HTML, no link; formulas stay TeX. */
export function escapeMarkdown(text: string): string {
  const line = text.replace(NEVER, "").replace(/\s+/g, " ").trim();
  const escaped = line
    .split(FORMULA)
    .map((part, index) =>
      index % 2 === 1 ? formula(part) : part.replace(SIGNS, (sign) => ENTITIES[sign] ?? `\\${sign}`),
    )
    .join("");
  return escaped.replace(BEGINS_A_BLOCK, "$1\\");
}

/** TeX that means the same, and nothing to Markdown. */
const formula = (tex: string): string =>
  tex.replace(/</g, "\\lt ").replace(/>/g, "\\gt ").replace(/\]\(/g, "] (").replace(/\]\[/g, "] [").replace(/`/g, "'");
