/** What this room is given, and what it tells. */
import type { Typeset } from "../panel";
import type { Layout } from "../shared/settings";
import type { Failure } from "../shared/failure";
import type { Span } from "../shared/span";
import type { Flag } from "../shared/wire";
import type { Words } from "../shared/words";

export interface Sentence {
  span: Span;
  source: string;
  /** Null until its translation has come. */
  text: string | null;
  flags: readonly Flag[];
}

/** One part's translation as far as it has come, or why it is left as it is. */
export interface Translation {
  sentences: Sentence[];
  left: Failure | null;
}

/** How translations are written. */
export interface Style {
  words: Words;
  /** For `lang` attributes: `zh-CN`. */
  targetLang: string;
  layout: Layout;
  /** For formulas that the page does not have in this form. */
  typeset: Typeset | null;
}
