/** Headings and labels that stand in the gloss itself: they speak its language, not the interface's. */
import type { Takeaway } from "../wire";
import { en, type Words } from "./en";
import { zh } from "./zh";

export interface ContentWords {
  /** Of these words, for `lang` attributes. */
  lang: string;
  summary: string;
  takeaways: string;
  translation: string;
  label: Record<NonNullable<Takeaway["label"]>, string>;
  sections: string;
  figures: string;
  figureName: (kind: string, number: string) => string;
}

function ofTable(lang: string, { summary, takeaways, translation, label, fullText }: Words): ContentWords {
  const { sections, figures, figureName } = fullText;
  return { lang, summary, takeaways, translation, label, sections, figures, figureName };
}

const KINDS: Record<string, string> = { figure: "圖", table: "表", algorithm: "演算法" };

const TRADITIONAL: ContentWords = {
  lang: "zh-TW",
  summary: "概要",
  takeaways: "要點",
  translation: "譯文",
  label: { motivation: "動機", method: "方法", result: "結果", conclusion: "結論", further: "補充" },
  sections: "各節要點",
  figures: "圖表",
  figureName: (kind, number) => `${KINDS[kind] ?? kind} ${number}`,
};

/** The words of a gloss in this language; the interface's own where there are none. */
export function contentWords(targetLang: string, words: Words): ContentWords {
  if (targetLang === "zh-TW") return TRADITIONAL;
  if (targetLang.startsWith("zh")) return ofTable("zh-CN", zh);
  return targetLang.startsWith("en") ? ofTable("en", en) : ofTable(words === zh ? "zh-CN" : "en", words);
}
