import tseslint from "typescript-eslint";
import { rule as walls } from "./walls.js";

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
    plugins: { rooms: { rules: { walls } } },
    rules: {
      "rooms/walls": "error",
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      complexity: ["error", 12],
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
);
