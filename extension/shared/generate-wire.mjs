// Write shared/wire.ts from the server's schema, shared/wire.schema.json. `--check` only compares the two.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

/** json-schema-to-typescript reads pairs as draft 7 writes them, and constants as `const` or `enum`. */
function asDraft7(node) {
  if (Array.isArray(node)) return node.map(asDraft7);
  if (node === null || typeof node !== "object") return node;
  const { prefixItems, discriminator: _discriminator, ...rest } = node;
  const converted = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, asDraft7(value)]));
  if (prefixItems) {
    converted.items = asDraft7(prefixItems);
    converted.additionalItems = false;
  }
  if (converted.type === "object" && converted.additionalProperties === undefined) {
    converted.additionalProperties = false;
  }
  return converted;
}

/** Unions of events, and what the set of their kinds is called. */
const KINDS = { Event: "EVENT_KINDS", WholeEvent: "WHOLE_EVENT_KINDS" };

/** The kinds of a union's events, as the schema's discriminator knows them. */
function kindsOf(definitions, union, name) {
  const kinds = definitions[union].anyOf.map(({ $ref }) => {
    const { event } = definitions[$ref.split("/").at(-1)].properties;
    return event.const ?? event.enum[0];
  });
  const list = kinds.map((kind) => `  ${JSON.stringify(kind)},\n`).join("");
  return `\n/** The kinds of \`${union}\`. */\nexport const ${name}: ReadonlySet<${union}["event"]> = new Set([\n${list}]);\n`;
}

export async function generate() {
  const schema = JSON.parse(readFileSync(path("wire.schema.json"), "utf8"));
  const definitions = asDraft7(schema.$defs);
  const types = await compile(
    { title: "Wire", $defs: definitions, type: "object", additionalProperties: false },
    "Wire",
    {
      bannerComment: "// Made from wire.schema.json by `npm run wire`; do not edit.",
      unreachableDefinitions: true,
      style: { printWidth: 120 },
    },
  );
  const readable = types
    .replace(/export interface Wire \{\s*\}\n/, "")
    .replace(/ \* This interface was referenced by .*\n \* via the `definition` .*\n/g, "")
    .replace(/ \*\s*\n \*\/\n/g, " */\n")
    .replace(/\/\*\*\n \*\/\n/g, "");
  const kinds = Object.entries(KINDS)
    .map(([union, name]) => kindsOf(schema.$defs, union, name))
    .join("");
  const version = `\n/** Version of the wire that this extension speaks. */\nexport const WIRE = ${schema["x-wire"]};\n`;
  return readable.trimEnd() + "\n" + kinds + version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = await generate();
  if (!process.argv.includes("--check")) writeFileSync(path("wire.ts"), wanted);
  else if (readFileSync(path("wire.ts"), "utf8") !== wanted) {
    console.error("shared/wire.ts is not what wire.schema.json says. Run `npm run wire`.");
    process.exit(1);
  }
}
