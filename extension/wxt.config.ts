import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "wxt";
import { BundledLicenses } from "./build/licenses";
import { version } from "./build/version";
import { ARXIV_ORIGINS } from "./shared/origins";

// The public half of a key whose private half was thrown away: it only keeps the extension's id the same everywhere
// (oddolgffodldnhmehphkodbidonlilbf), whatever folder the extension is loaded from.
const CHROME_KEY =
  "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq7F6VTFD7R2eW8tcpeoQ7QyEBJdQmgCZgv8uPr+W7y/a6puJ4QnF80pdIKEj1SHHDlLu" +
  "76KaXWdctifZU8pri4sYKZdKLhwiQQ5B/EnS5bZ5tD/8uA3BzbvxPdR9GFvYG+VlNHtvcJO9jYwJ4y4SFqLdVzgUYJ/3DTcQoNHxZIggbrv8JrDD" +
  "y4LVtnjB9zzaeGzmpMLUeOKgDw1dC3jbLjSTke6LHb73k0AzxEHadRa+7N2yGqrEDGXhSsiJsLNz2kao1svbHtVvHk1LThsbEs8Mtce+NaVgMbZg" +
  "pJuxvyyMcKxOkkFl7wfaDhuqiOE/VVNXEUuW1hfX/8BmjtlMxwIDAQAB";

const FIREFOX_ID = "{6f1c2f0e-7a0d-4b63-9a3e-2f4f6d1b8c57}";

/**
 * Alt+G belongs to no browser's menu or tool, and on a Mac, where Option writes letters, Control+Shift+G does not.
 * What is rarer has no key until the reader gives it one.
 */
const COMMANDS = {
  _execute_action: { description: "__MSG_command_popup__" },
  "gloss-page": {
    suggested_key: { default: "Alt+G", mac: "MacCtrl+Shift+G" },
    description: "__MSG_command_gloss__",
  },
  "whole-paper": { description: "__MSG_command_paper__" },
  "switch-site": { description: "__MSG_command_site__" },
};

/** Temml as an ES module of ASCII alone: Chrome refuses a script that holds U+FFFF, which Temml's does. */
function temmlInAscii(): string {
  const source = readFileSync(createRequire(import.meta.url).resolve("temml/dist/temml.mjs"), "utf8");
  // Byte order marks stand between its parts, outside of strings, where an escape would be wrong.
  const unmarked = source.replaceAll("\ufeff", "");
  return unmarked.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * What pages of the extension may load; written out because Firefox's own default would upgrade http://127.0.0.1 to
 * https. Vite's development server adds styles to the page and tells of changes through a web socket.
 */
function pagePolicy(isDevServer: boolean): string {
  const [styles, connections] = isDevServer ? [" 'unsafe-inline' http://localhost:*", " ws://localhost:*"] : ["", ""];
  return (
    `default-src 'none'; script-src 'self'; style-src 'self'${styles}; img-src 'self' data:; ` +
    `connect-src http://127.0.0.1:* http://localhost:*${connections} https:; form-action 'none'; frame-ancestors 'none'`
  );
}

const licenses = new BundledLicenses(["temml"]);

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  vite: () => ({ plugins: [licenses.plugin()] }),
  webExt: {
    startUrls: ["https://arxiv.org/abs/1706.03762"],
    chromiumProfile: fileURLToPath(new URL(".wxt/chromium-profile", import.meta.url)),
    keepProfileChanges: true, // so that it stays paired
  },
  zip: {
    name: "arxiv-gloss",
    artifactTemplate: "{{name}}-{{version}}-{{browser}}.zip",
    // For the reviewers of Firefox's shop: what `npm ci && npm run build:firefox` needs, in the folder `extension`.
    sourcesTemplate: "{{name}}-{{version}}-sources.zip",
    sourcesRoot: "..",
    includeSources: ["extension/**", "server/arxiv_gloss/__init__.py", "README.md", "LICENSE"],
  },
  manifest: ({ browser, command }) => ({
    version: version(),
    name: "__MSG_name__",
    description: "__MSG_description__",
    default_locale: "en",
    permissions: ["storage", "contextMenus", "activeTab", ...(browser === "firefox" ? [] : ["sidePanel"])],
    // Asked for when a PDF of that site is wanted, and for that site alone.
    optional_host_permissions: ["https://*/*"],
    host_permissions: ["http://127.0.0.1/*", "http://localhost/*"],
    action: { default_title: "arXiv Gloss" },
    commands: COMMANDS,
    web_accessible_resources: [{ resources: ["temml.mjs"], matches: ARXIV_ORIGINS.map((origin) => `${origin}/*`) }],
    content_security_policy: { extension_pages: pagePolicy(command === "serve") },
    ...(browser === "firefox"
      ? {
          browser_specific_settings: {
            gecko: {
              id: FIREFOX_ID,
              strict_min_version: "140.0", // the first, and the oldest ESR, that knows the next key
              data_collection_permissions: { required: ["none"] },
            },
          },
        }
      : { key: CHROME_KEY, minimum_chrome_version: "120" }),
  }),
  hooks: {
    "config:resolved": ({ config }) => {
      if (config.browser === "firefox") config.zip.artifactTemplate = "{{name}}-{{version}}.xpi";
    },
    "build:done": ({ config }) => {
      if (config.command === "build") licenses.write(config.outDir);
    },
    "prepare:publicPaths": (_wxt, paths) => {
      paths.push("temml.mjs");
    },
    "build:publicAssets": (_wxt, files) => {
      files.push({ contents: temmlInAscii(), relativeDest: "temml.mjs" });
    },
  },
});
