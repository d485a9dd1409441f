import type { InterfaceLanguage } from "../settings";
import { en, type Words } from "./en";
import { zh } from "./zh";

export type { Words };

/** The tables by language tag. */
const TABLES = { en, zh } as const;

export interface Interface {
  words: Words;
  /** For `lang` attributes. */
  lang: string;
}

/** The interface in the language chosen, or in the browser's. */
export function interfaceFor(chosen: InterfaceLanguage, browserLanguage: string): Interface {
  const language = chosen === "auto" ? (browserLanguage.toLowerCase().startsWith("zh") ? "zh" : "en") : chosen;
  return { words: TABLES[language], lang: language === "zh" ? "zh-CN" : "en" };
}

/** Commands that help with a failure, to be shown behind its words. */
export const COMMANDS: Record<string, string> = {
  server_down: "arxiv-gloss serve",
  not_paired: "arxiv-gloss pair",
  wrong_code: "arxiv-gloss pair",
  server_too_old: "pip install --upgrade arxiv-gloss",
  extension_too_old: "arxiv-gloss extension",
  bundle: "arxiv-gloss doctor",
  tool_missing: "arxiv-gloss doctor",
};
