/** The licences of all packages whose code is in a build, as one file beside it. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

export const LICENSES = "licenses.txt";

/** What Vite's own licence plugin says of a package. */
interface License {
  name: string;
  version: string;
  /** SPDX identifier. */
  identifier?: string;
  text?: string;
}

/** Packages that are published without the text: it is that of their project's repository. */
const TEXTS: Readonly<Record<string, string>> = {
  wxt: "wxt.txt",
  "@wxt-dev/browser": "wxt.txt",
  "@wxt-dev/storage": "wxt.txt",
};

/** Where Vite's licence goes on with those of packages that it uses itself and that never get into a build. */
const OF_ITS_OWN_PACKAGES = "\n# Licenses of bundled dependencies";

const PART = "licenses.part.json";
const RULE = `\n${"-".repeat(80)}\n\n`;

/**
 * Gathers what Vite finds in each of the builds that together make one extension. `copied` are packages whose files are
 * there without being bundled by Vite.
 */
export class BundledLicenses {
  readonly #found = new Map<string, License>();

  constructor(copied: readonly string[] = []) {
    for (const name of [...copied, "vite"]) this.#add(installed(name)); // Vite adds small helpers of its own
  }

  /** For the plugins of every build. */
  plugin(): Plugin {
    return {
      name: "arxiv-gloss:licenses",
      apply: "build",
      config: () => ({ build: { license: { fileName: PART } } }),
      writeBundle: ({ dir = "." }) => {
        const part = join(dir, PART);
        for (const license of JSON.parse(readFileSync(part, "utf8")) as License[]) this.#add(license);
        rmSync(part);
      },
    };
  }

  /** Writes the file, once all builds are done. Throws when the text of a licence is missing. */
  write(folder: string): void {
    writeFileSync(join(folder, LICENSES), this.text());
  }

  text(): string {
    const licenses = [...this.#found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const head = "arXiv Gloss is under AGPL-3.0-or-later. It contains these packages, under their own licences:\n";
    const list = licenses.map(({ name, version, identifier }) => `  ${name} ${version} (${identifier ?? "?"})\n`);
    return [head + list.join(""), ...licenses.map(section)].join(RULE);
  }

  #add(license: License): void {
    const file = TEXTS[license.name];
    const text = license.text ?? (file && readFileSync(new URL(`./texts/${file}`, import.meta.url), "utf8"));
    this.#found.set(`${license.name}@${license.version}`, { ...license, ...(text && { text }) });
  }
}

function section({ name, version, text }: License): string {
  if (!text) throw new Error(`${name} ${version} is in the build, but comes without the text of its licence`);
  return `${name} ${version}\n\n${text.trim()}\n`;
}

/** A package's licence from its own folder. */
function installed(name: string): License {
  const file = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { version, license } = JSON.parse(readFileSync(file, "utf8")) as { version: string; license: string };
  const texts = readdirSync(dirname(file)).filter((each) => /^licen[cs]e(\.|$)/i.test(each));
  const text = texts[0] && readFileSync(join(dirname(file), texts[0]), "utf8").split(OF_ITS_OWN_PACKAGES)[0];
  return { name, version, identifier: license, ...(text && { text }) };
}
