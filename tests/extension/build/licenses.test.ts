// @vitest-environment node
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BundledLicenses, LICENSES } from "../../../extension/build/licenses";

const EXTENSION = join(import.meta.dirname, "../../../extension");

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "licenses-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function bundle(licenses: BundledLicenses, source: string): Promise<void> {
  const entry = join(folder, "entry.js");
  writeFileSync(entry, source);
  await build({
    root: EXTENSION,
    configFile: false,
    publicDir: false,
    logLevel: "silent",
    plugins: [
      {
        name: "packages-of-the-extension",
        resolveId(source, importer) {
          return importer === entry ? this.resolve(source, join(EXTENSION, "package.json"), { skipSelf: true }) : null;
        },
      },
      licenses.plugin(),
    ],
    build: { outDir: join(folder, "out"), emptyOutDir: true, lib: { entry, formats: ["es"], fileName: "out" } },
  });
}

describe("licences of what is bundled", () => {
  it("has those of all builds, and leaves nothing else behind", async () => {
    const licenses = new BundledLicenses();
    await bundle(licenses, 'export { h } from "preact";');
    await bundle(licenses, 'export { zipSync } from "fflate";');
    licenses.write(folder);
    const text = readFileSync(join(folder, LICENSES), "utf8");
    expect(text).toMatch(/^ {2}preact [\d.]+ \(MIT\)$/m);
    expect(text).toContain("Jason Miller");
    expect(text).toMatch(/^ {2}fflate [\d.]+ \(MIT\)$/m);
    expect(text).toContain("Arjun Barrett");
    expect(text).not.toContain("temml");
    expect(readdirSync(join(folder, "out"))).toEqual(["out.js"]);
  });

  it("has those of packages that are copied, and of Vite without what Vite uses itself", () => {
    const text = new BundledLicenses(["temml"]).text();
    expect(text).toContain("Ron Kok");
    expect(text).toMatch(/^ {2}vite [\d.]+ \(MIT\)$/m);
    expect(text).not.toContain("Licenses of bundled dependencies");
  });
});
