/** What every part of the panel is given. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { contentWords, type ContentWords, type Words } from "../shared/words";
import type { Highlight, PanelEvent, PanelState } from "./state";
import type { Typeset } from "./types";

export interface Frame {
  state: PanelState;
  dispatch: (event: PanelEvent) => void;
  words: Words;
  /** What the reader types in a terminal to run the server's program. */
  program: string;
  /** Language of the gloss, for `lang` attributes: `zh-CN`. */
  targetLang: string;
  /** Null until the typesetter is loaded; formulas show as TeX until then. */
  typeset: Typeset | null;
}

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error("A part of the panel was drawn outside of it.");
  return frame;
}

/** The headings and labels of the gloss, in its own language. */
export function useContentWords(): ContentWords {
  const { targetLang, words } = useFrame();
  return contentWords(targetLang, words);
}

/** Pointing at a text, or moving the focus to it, highlights it and what stands behind it. */
export function highlightHandlers(dispatch: Frame["dispatch"], highlight: Highlight) {
  const on = (): void => dispatch({ type: "point", highlight });
  const off = (): void => dispatch({ type: "point", highlight: null });
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
