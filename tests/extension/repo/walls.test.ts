// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Linter } from "eslint";
import { reasonAgainst, ROOMS, rule } from "../../../extension/walls.js";

const EXTENSION = join(import.meta.dirname, "../../../extension");
const ROOM_NAMES = Object.keys(ROOMS);
const ENTRYPOINTS = ROOM_NAMES.filter((room) => room.startsWith("entrypoints/"));

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => /\.tsx?$/.test(file.name) && !/node_modules|\.output|\.wxt/.test(file.parentPath))
    .map((file) => join(file.parentPath, file.name));

/** What a file imports of ours when it runs or is checked, as files. */
function importsOf(file: string): string[] {
  const specifiers = [...readFileSync(file, "utf8").matchAll(/(?:from|import) "(\.[^"?]*)"/g)].map(
    (match) => match[1]!,
  );
  return specifiers.flatMap((specifier) => {
    const path = resolve(dirname(file), specifier);
    return ALL.filter((one) => [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].includes(one));
  });
}

const ALL = ROOM_NAMES.flatMap((room) => sources(join(EXTENSION, room)));

/** One circle of imports that can be reached from a file, or null. */
function circleFrom(file: string, path: readonly string[], done: Set<string>): string[] | null {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return null;
  for (const next of importsOf(file)) {
    const found = circleFrom(next, [...path, file], done);
    if (found) return found;
  }
  done.add(file);
  return null;
}

test.each(ENTRYPOINTS)("%s may import no other entrypoint", (room) => {
  const file = join(EXTENSION, room, "made-up.ts");
  const others = ENTRYPOINTS.filter((other) => other !== room).map((other) => `../${other.split("/")[1]}/anything`);
  expect(others.filter((source) => reasonAgainst(file, source) === null)).toEqual([]);
});

test.each([
  ["entrypoints/options/made-up.ts", "../../client/server", /send a message/],
  ["entrypoints/content/abstract/made-up.ts", "../../../client/gloss", /send a message/],
  ["panel/made-up.ts", "../page", /hand over/],
  ["panel/fulltext/made-up.ts", "wxt/browser", /Browser APIs/],
  ["web/made-up.ts", "../entrypoints/options/fields", /may not import/],
])("%s may not import %s", (file, source, reason) => {
  expect(reasonAgainst(join(EXTENSION, file), source)).toMatch(reason);
});

test.each([
  ["entrypoints/content/list/made-up.ts", "../../../panel"],
  ["entrypoints/content/list/made-up.ts", "../abstract/AbstractController"],
  ["entrypoints/saved/made-up.ts", "../../client/saved"],
])("%s may import %s", (file, source) => {
  expect(reasonAgainst(join(EXTENSION, file), source)).toBeNull();
});

test("ESLint reports what the walls refuse, in whatever form it is imported", () => {
  const linter = new Linter({ cwd: EXTENSION });
  const code = `import "../options/fields";\nexport * from "../background/store";\nvoid import("../content/saved");\n`;
  const messages = linter.verify(
    code,
    [{ plugins: { rooms: { rules: { walls: rule } } }, rules: { "rooms/walls": "error" } }],
    join(EXTENSION, "entrypoints/saved/made-up.js"),
  );
  expect(messages.map(({ ruleId, line }) => [ruleId, line])).toEqual([
    ["rooms/walls", 1],
    ["rooms/walls", 2],
    ["rooms/walls", 3],
  ]);
  expect(readFileSync(join(EXTENSION, "eslint.config.js"), "utf8")).toContain('"rooms/walls": "error"');
});

test("no import goes round in a circle", () => {
  const done = new Set<string>();
  const circles = ALL.map((file) => circleFrom(file, [], done)).filter((circle) => circle !== null);
  expect(circles.map((circle) => circle.map((file) => relative(EXTENSION, file)))).toEqual([]);
});

test("every room has a row in the README", () => {
  const readme = readFileSync(join(EXTENSION, "README.md"), "utf8");
  expect(ROOM_NAMES.filter((room) => !new RegExp(`^\\|.*\`${room}\`.*\\|`, "m").test(readme))).toEqual([]);
});
