/** Languages as a reader sees them: their names, and the side on which their lines begin. */

/** Scripts that are read from the right. */
const FROM_THE_RIGHT = new Set(["ar", "fa", "he", "ur"]);

export interface Tongue {
  lang: string;
  dir?: "rtl";
}

/** The direction of a block whose sentences are in this language. */
export const side = (lang: string): "rtl" | undefined => tongue(lang).dir;

/** The attributes of an element whose text is in this language. */
export function tongue(lang: string): Tongue {
  return FROM_THE_RIGHT.has(lang.split("-")[0]!) ? { lang, dir: "rtl" } : { lang };
}

/** Languages that put no space between sentences. */
const UNSPACED = new Set(["zh", "ja", "th"]);

/** What stands between two sentences. */
export const gap = (lang: string): "" | " " => (UNSPACED.has(lang.split("-")[0]!) ? "" : " ");

/** A language's name in another one, as the browser knows it; its code where the browser does not. */
export function languageName(code: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
