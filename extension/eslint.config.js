import tseslint from "typescript-eslint";

/** Rooms and what they may not import; the README draws the same map. */
const WALLS = {
  shared: ["page", "panel", "client", "reader", "entrypoints", "web"],
  page: ["panel", "client", "reader", "entrypoints", "web"],
  panel: ["page", "client", "reader", "entrypoints", "web"],
  client: ["page", "panel", "reader", "entrypoints", "web"],
  reader: ["page", "entrypoints", "web"],
  "entrypoints/content": ["client", "reader", "entrypoints/(background|options|sidepanel)", "web"],
  "entrypoints/background": ["page", "panel", "reader", "entrypoints/(content|options|sidepanel)", "web"],
  "entrypoints/options": ["page", "panel", "client", "reader", "entrypoints/(content|sidepanel)", "web"],
  "entrypoints/sidepanel": ["page", "entrypoints/(background|content|options)", "web"],
  web: ["page", "entrypoints"],
};

const ADVICE = {
  client: "Only the background and the pages of our own speak to the server: send a message instead.",
  page: "Only the content script reads arXiv's markup: hand over what was read.",
  panel: "The panel only draws what it is given.",
};

const walls = Object.entries(WALLS).map(([room, others]) => ({
  files: [`${room}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...others.map((other) => ({
            regex: `^(\\.\\./)+${other}(/|$)`,
            message: ADVICE[other] ?? `${room} may not import ${other}; see extension/README.md.`,
          })),
          ...(room === "client" || room.startsWith("entrypoints") || room === "web"
            ? []
            : [{ regex: "^wxt", message: "Browser APIs are for the entrypoints." }]),
        ],
      },
    ],
  },
}));

const BROWSER_GLOBALS = [
  "browser",
  "chrome",
  "fetch",
  "localStorage",
  "sessionStorage",
  "navigator",
  "document",
  "window",
];
const HTML_SINKS = ["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML", "srcdoc"];

export default tseslint.config(
  { ignores: [".output/", ".wxt/", "node_modules/", "shared/wire.ts", "**/*.js", "**/*.mjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-syntax": [
        "error",
        ...HTML_SINKS.flatMap((sink) => [
          { selector: `MemberExpression[property.name='${sink}']`, message: "Texts are never HTML: use textContent." },
          { selector: `JSXAttribute[name.name='${sink}']`, message: "Texts are never HTML: write them as children." },
        ]),
        { selector: "CallExpression[callee.object.name='document'][callee.property.name='write']", message: "Never." },
        {
          selector: "CallExpression[callee.property.name='addEventListener'][arguments.0.value='message']",
          message: "Nobody listens to what a page says.",
        },
      ],
    },
  },
  {
    files: ["panel/**/*.{ts,tsx}"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...BROWSER_GLOBALS.map((name) => ({ name, message: "The panel touches no browser API: take it as a prop." })),
      ],
    },
  },
  ...walls,
);
