/** An entry of a list, opened: the panel as beside an abstract, on a line of its own. */
import type { ListEntry, PaperPage } from "../../../page";
import type { PageSettings } from "../../../shared/settings";
import { AbstractController } from "../abstract/AbstractController";
import { openGlossPort, type Lifetime } from "../gloss-port";
import { Session } from "../session";

export interface OpenedEntry {
  close: () => void;
}

/** Opening it was asking for it, and folding it means closing it: neither changes how other papers are shown. */
export function openEntry(entry: ListEntry, settings: PageSettings, outer: Lifetime, onClose: () => void): OpenedEntry {
  const closing = new AbortController();
  const lifetime: Lifetime = {
    signal: AbortSignal.any([outer.signal, closing.signal]),
    get isInvalid() {
      return outer.isInvalid;
    },
  };
  const session = new Session(openGlossPort(lifetime), lifetime, Promise.resolve(openAtOnce(settings)), openAtOnce);
  const { page, host } = pageOf(entry, lifetime.signal);
  new AbstractController(page, session, { onCollapse: onClose, hidesTitle: true });
  return {
    close: () => {
      host()?.remove();
      closing.abort();
    },
  };
}

const openAtOnce = (settings: PageSettings): PageSettings => ({ ...settings, automatic: true, collapsed: false });

/** The entry as if it were an abstract page. */
function pageOf(entry: ListEntry, signal: AbortSignal): { page: PaperPage; host: () => HTMLElement | null } {
  let host: HTMLElement | null = null;
  const page: PaperPage = {
    readPaper: () => ({
      id: entry.id,
      title: entry.title,
      abstract: entry.abstract ?? "",
      categories: entry.categories,
    }),
    readAuthors: null,
    withdrawn: null,
    latest: null,
    onlyMetadata: false,
    place: (made) => {
      host = made;
      made.classList.add("arxiv-gloss-opened");
      entry.placeOpened(made);
      return { setOpen: () => undefined };
    },
    readComments: () => null,
    original: entry.original(signal) ?? NOWHERE,
  };
  return { page, host: () => host };
}

/** Of a paper whose abstract the page does not show. */
const NOWHERE: PaperPage["original"] = {
  canHighlight: false,
  mark: () => undefined,
  highlight: () => undefined,
  watchPointer: () => undefined,
};
