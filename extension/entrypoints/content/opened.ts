/** An entry of a list, opened: the panel as beside an abstract, on a line of its own. */
import type { ListEntry, PaperPage } from "../../page";
import type { Look } from "../../shared/settings";
import { openLine, type Line } from "./line";
import { mountPanel } from "./mount";

export interface OpenedEntry {
  close: () => void;
}

export function openEntry(entry: ListEntry, after: HTMLElement, look: Look, onClose: () => void): OpenedEntry {
  const line = openLine();
  let host: HTMLElement | null = null;
  const page: PaperPage = {
    readPaper: () => ({ id: entry.id, title: entry.title, abstract: entry.abstract ?? "" }),
    readAuthors: null,
    withdrawn: null,
    latest: null,
    onlyMetadata: false,
    place: (made) => {
      host = made;
      made.classList.add("arxiv-gloss-opened");
      after.after(made);
      return { setOpen: () => undefined };
    },
    original: { light: () => undefined, watchPointer: () => undefined },
  };
  mountPanel(page, Promise.resolve(atOnce(look)), alwaysOpen(line, onClose));
  return {
    close: () => {
      host?.remove();
      line.close();
    },
  };
}

const atOnce = (look: Look): Look => ({ ...look, automatic: true, collapsed: false });

/** Opening it was asking for it, and folding it means closing it: neither changes how other papers are shown. */
function alwaysOpen(line: Line, onClose: () => void): Line {
  return {
    ...line,
    send: (message) => (message.type === "content-to-background/collapse" ? onClose() : line.send(message)),
    listen: (listener) =>
      line.listen({
        ...listener,
        onMessage: (message) =>
          listener.onMessage(
            message.type === "background-to-content/look" ? { ...message, look: atOnce(message.look) } : message,
          ),
      }),
  };
}
