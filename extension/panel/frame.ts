/** What every part of the panel is given. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Words } from "../shared/words";
import type { Light, PanelEvent, PanelState } from "./state";

/** Draw a formula into an element; throws when the TeX makes no sense. */
export type Typeset = (tex: string, into: HTMLElement, display: boolean) => void;

export interface Frame {
  state: PanelState;
  dispatch: (event: PanelEvent) => void;
  words: Words;
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

/** Pointing at a text, or moving the focus to it, lights it and what stands behind it. */
export function lightHandlers(dispatch: Frame["dispatch"], light: Light) {
  const on = (): void => dispatch({ type: "point", light });
  const off = (): void => dispatch({ type: "point", light: null });
  return { onPointerEnter: on, onPointerLeave: off, onFocus: on, onBlur: off };
}
