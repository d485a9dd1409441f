import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { BundledLicenses } from "../build/licenses";

/** The server, which `poe serve` starts; it answers only its own page, so requests say that they come from it. */
const SERVER = "http://127.0.0.1:8417";

const licenses = new BundledLicenses();
const output = fileURLToPath(new URL("../.output/web", import.meta.url));
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The pages that the server shows, `/` and `/welcome.html`: plain files, nothing inline, so that a strict policy can hold. */
export default defineConfig({
  root: here("."),
  base: "./",
  publicDir: here("./public"),
  plugins: [licenses.plugin(), { name: "write-licenses", closeBundle: () => licenses.write(output) }],
  server: { proxy: { "/v1": { target: SERVER, changeOrigin: true, headers: { origin: SERVER } } } },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: output,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [here("index.html"), here("welcome.html")] },
  },
});
