import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event as GlossEvent } from "../../extension/shared/wire";

const fixture = (...path: string[]): string => join(import.meta.dirname, "..", "fixtures", ...path);

/** A page of tests/fixtures/pages, parsed without running its scripts. */
export function fixturePage(name: string): Document {
  return new DOMParser().parseFromString(readFileSync(fixture("pages", name), "utf8"), "text/html");
}

/** An HTML paper of tests/fixtures/papers. */
export function fixturePaper(name: string): Document {
  return new DOMParser().parseFromString(readFileSync(fixture("papers", name), "utf8"), "text/html");
}

/** Each golden stream, written by the server's tests, as its lines. */
export function goldenStreams(): { name: string; text: string }[] {
  return readdirSync(fixture("streams"))
    .filter((name) => name.endsWith(".ndjson"))
    .map((name) => ({
      name,
      text: readFileSync(fixture("streams", name), "utf8"),
    }));
}

export function goldenEvents<E = GlossEvent>(name: string): E[] {
  const lines = readFileSync(fixture("streams", name), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as E);
}

/** The signal of something that never ends. */
export const forever = (): AbortSignal => new AbortController().signal;
