/** Languages as a reader sees them: their names, and the side on which their lines begin. */

/** Scripts that are read from the right. */
const FROM_THE_RIGHT = new Set(["ar", "fa", "he", "ur"]);

/** Languages that put no space between sentences. */
const UNSPACED = new Set(["zh", "ja", "th"]);

export interface LangAttributes {
  lang: string;
  dir?: "rtl";
}

/** The language tag of a gloss into `target`, for `lang` attributes: fonts for `zh` alone would be a guess. */
export const langOfTarget = (target: string): string => (target === "zh" ? "zh-CN" : target);

/** The attributes of an element whose text is in this language. */
export function langAttributes(lang: string): LangAttributes {
  return FROM_THE_RIGHT.has(primary(lang)) ? { lang, dir: "rtl" } : { lang };
}

/** The direction of a block whose sentences are in this language. */
export const direction = (lang: string): "rtl" | undefined => langAttributes(lang).dir;

/** What stands between two sentences. */
export const sentenceGap = (lang: string): "" | " " => (UNSPACED.has(primary(lang)) ? "" : " ");

/** A language's name in another one, as the browser knows it; its code where the browser does not. */
export function languageName(code: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const primary = (lang: string): string => lang.split("-")[0] ?? lang;
