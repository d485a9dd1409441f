/** The version of the whole product; it stands in the Python package and nowhere else. */
import { readFileSync } from "node:fs";

export const VERSION_FILE = new URL("../../server/arxiv_gloss/__init__.py", import.meta.url);

/** Three numbers, as browsers want them. */
export function version(): string {
  const found = /^__version__ = "(\d+\.\d+\.\d+)"$/m.exec(readFileSync(VERSION_FILE, "utf8"));
  if (!found?.[1]) throw new Error(`${VERSION_FILE.pathname} holds no version of three numbers`);
  return found[1];
}
