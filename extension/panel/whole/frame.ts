/** What every part of a whole paper's gloss is given, besides the panel's own frame. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { WholeState } from "./state";

export interface WholeFrame {
  whole: WholeState;
  /** Show a page of the PDF; null where the reader gave a file, which no address leads to. */
  openPage: ((page: number) => void) | null;
}

export const WholeContext = createContext<WholeFrame | null>(null);

export function useWhole(): WholeFrame {
  const frame = useContext(WholeContext);
  if (!frame) throw new Error("A part of a whole paper was drawn outside of it.");
  return frame;
}
