/** Which papers of a page are saved, as the server knows it. */
import type { BackgroundToContent } from "../../shared/messages";
import type { SavedPaper } from "../../shared/wire";
import type { Line } from "./line";

export interface SavedOnPage {
  has: (id: string) => boolean;
  toggle: (paper: SavedPaper) => void;
  /** To be told what comes over the line; true if it was about saved papers. */
  take: (message: BackgroundToContent) => boolean;
}

/** `onChange` is called when more or other papers are saved than were known. */
export function savedOnPage(line: Line, onChange: () => void): SavedOnPage {
  let numbers: ReadonlySet<string> = new Set();
  line.send({ type: "content-to-background/saved" });
  const has = (id: string): boolean => numbers.has(withoutVersion(id));
  return {
    has,
    toggle: (paper) => line.send({ type: "content-to-background/save", paper, keep: !has(paper.id) }),
    take(message) {
      if (message.type !== "background-to-content/saved") return false;
      numbers = new Set(message.ids);
      onChange();
      return true;
    },
  };
}

const withoutVersion = (id: string): string => id.replace(/v\d+$/, "");
