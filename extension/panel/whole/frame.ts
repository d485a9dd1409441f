/** What every part of a whole paper's gloss is given, besides the panel's own frame. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { WholeState } from "./state";

/** A page of a PDF, or an element of an HTML paper. */
export interface PaperPlace {
  page: number | null;
  anchor?: string | null;
  /** The section's title, or the figure's name. */
  section: string;
}

export interface WholeFrame {
  whole: WholeState;
  /** Show a place of the paper; null where the reader gave a file, which no address leads to. */
  openPlace: ((place: PaperPlace) => void) | null;
}

export const WholeContext = createContext<WholeFrame | null>(null);

export function useWhole(): WholeFrame {
  const frame = useContext(WholeContext);
  if (!frame) throw new Error("A part of a whole paper was drawn outside of it.");
  return frame;
}
