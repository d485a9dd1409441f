import type { InterfaceLanguage } from "../settings";
import { en, type Words } from "./en";
import { zh } from "./zh";

export { contentWords, type ContentWords } from "./content";
export { referenceWords, type ReferenceWords } from "./references";
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

/** Our commands that help with a failure. */
const COMMANDS: Record<string, string> = {
  server_down: "start",
  server_silent: "stop",
  another_program: "doctor",
  not_paired: "start",
  not_allowed: "start",
  wrong_code: "pair",
  extension_too_old: "start",
  bundle: "doctor",
  tool_missing: "doctor",
};

/** What to type in a terminal against a failure, to be shown behind its words; `program` is how ours is run here. */
export function commandFor(code: string, program: string): string | null {
  const command = COMMANDS[code];
  return command === undefined ? null : `${program} ${command}`;
}
