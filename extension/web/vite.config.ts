import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { BundledLicenses } from "../build/licenses";

const licenses = new BundledLicenses();
const output = fileURLToPath(new URL("../.output/web", import.meta.url));
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page that the server shows at `/`: plain files, nothing inline, so that a strict policy can hold. */
export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: here("./public"),
  plugins: [licenses.plugin(), { name: "write-licenses", closeBundle: () => licenses.write(output) }],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: output,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
