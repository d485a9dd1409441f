/** What every part of a whole paper's gloss is given, besides the panel's own frame. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FullTextState } from "./state";
import type { PaperPlace } from "./types";

export interface FullTextFrame {
  fullText: FullTextState;
  /** Show a place of the paper; null where the reader gave a file, which no address leads to. */
  openPlace: ((place: PaperPlace) => void) | null;
}

export const FullTextContext = createContext<FullTextFrame | null>(null);

export function useFullTextFrame(): FullTextFrame {
  const frame = useContext(FullTextContext);
  if (!frame) throw new Error("A part of a whole paper was drawn outside of it.");
  return frame;
}
