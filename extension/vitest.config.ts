import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    {
      // The tests stand beside the server's, outside of this folder: the packages they import are found from here.
      name: "packages-of-the-extension",
      enforce: "pre",
      resolveId(source, importer) {
        const ofTests = importer?.startsWith(here("../tests/extension/")) && /^[a-z@]/.test(source);
        return ofTests ? this.resolve(source, here("./package.json"), { skipSelf: true }) : null;
      },
    },
  ],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  server: { fs: { allow: [here("..")] } },
  test: {
    dir: here("../tests/extension"),
    include: ["**/*.test.{ts,tsx}"],
    environment: "jsdom",
    globals: true,
    testTimeout: 60_000, // proofs are made by threads of the system's, which a busy machine leaves waiting
  },
});
