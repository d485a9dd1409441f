// Which room may import which others; the README draws the same map. Rooms are folders of this one.
import path from "node:path";

const PAGE_PARTS = ["panel", "client", "fulltext", "own-pages", "background-client", "shared"];

/** Each room with the rooms that it may import, besides itself. */
export const ROOMS = {
  shared: [],
  page: ["shared"],
  panel: ["shared"],
  client: ["shared"],
  "background-client": ["shared"],
  "side-panel-client": ["shared"],
  "own-pages": ["panel", "shared"],
  fulltext: ["panel", "client", "own-pages", "shared"],
  "entrypoints/background": ["client", "side-panel-client", "shared"],
  bilingual: ["page", "panel", "shared"],
  "entrypoints/content": ["page", "panel", "bilingual", "shared"],
  "entrypoints/options": ["background-client", "own-pages", "shared"],
  "entrypoints/popup": ["background-client", "side-panel-client", "own-pages", "shared"],
  "entrypoints/saved": ["background-client", "client", "own-pages", "shared"],
  "entrypoints/sidepanel": PAGE_PARTS,
  web: PAGE_PARTS.filter((room) => room !== "background-client"),
};

/** Rooms that may ask the browser for what only extensions have. */
const WITH_BROWSER = (room) => room.startsWith("entrypoints/") || room.endsWith("-client");

const ADVICE = {
  client: "Only the background and pages of our own speak to the server: send a message instead.",
  page: "Only the content script reads arXiv's markup: hand over what was read.",
  panel: "The panel only draws what it is given.",
};

/** The room of a file; null for what only builds the extension. */
export function roomOf(file) {
  if (file.endsWith(".config.ts")) return null;
  const [first, second] = path.relative(import.meta.dirname, file).split(path.sep);
  const room = first === "entrypoints" ? `${first}/${second}` : first;
  return room in ROOMS ? room : null;
}

/** Why the file may not import what it names `source`; null when it may. */
export function reasonAgainst(file, source) {
  const room = roomOf(file);
  if (room === null) return null;
  if (source.startsWith("wxt")) return WITH_BROWSER(room) ? null : "Browser APIs are for the entrypoints.";
  if (!source.startsWith(".")) return null;
  const other = roomOf(path.resolve(path.dirname(file), source));
  if (other === room || ROOMS[room].includes(other)) return null;
  return ADVICE[other] ?? `${room} may not import ${other ?? source}; see extension/README.md.`;
}

/** The ESLint rule that holds the walls, also for `export … from` and `import()`. */
export const rule = {
  create(context) {
    const check = (node) => {
      const source = node.source?.value;
      const message = typeof source === "string" ? reasonAgainst(context.filename, source) : null;
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
