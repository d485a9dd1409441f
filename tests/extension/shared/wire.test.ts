import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "../../../extension/shared/generate-wire.mjs";
import type { WholeEvent } from "../../../extension/shared/wire";
import { goldenEvents, goldenStreams } from "../fixtures";

test("shared/wire.ts is what the server's schema says", async () => {
  const written = readFileSync(join(import.meta.dirname, "../../../extension/shared/wire.ts"), "utf8");
  expect(written).toBe(await generate());
});

test("there are golden streams, and each begins with what it is about", () => {
  const streams = goldenStreams().filter(({ name }) => !["list.ndjson", "whole.ndjson"].includes(name));
  expect(streams.length).toBeGreaterThan(4);
  for (const { name } of streams) expect(goldenEvents(name)[0]?.event, name).toBe("started");
  expect(goldenEvents<WholeEvent>("whole.ndjson")[0]?.event).toBe("pages");
});
