import { useEffect, useRef, useState } from "preact/hooks";
import type { FullTextSource } from "../../client/fulltext";
import type { PaperPlace } from "../../panel";
import type { RequestedPaper } from "../../shared/requested-paper";
import { askTab, mayFetch, showPage, watchRequestedPaper } from "./tabs";

/** A PDF of another site that may not be fetched yet. */
export interface Elsewhere {
  address: string;
  /** Tells one request from the same request later. */
  at: number;
  /** Fetch it now; rejects when that fails. */
  read: () => Promise<void>;
}

export interface Requests {
  elsewhere: Elsewhere | null;
  /** Ask for a paper that the reader named or dropped here. */
  ask: (paper: FullTextSource) => void;
  /** Show a place of the paper of this id in its tab. */
  showPlace: (id: string, place: PaperPlace) => void;
}

/** Follows what the reader asks the side panel for, and hands each paper to `onPaper`. */
export function useRequestedPaper(onPaper: (paper: FullTextSource) => void): Requests {
  const [elsewhere, setElsewhere] = useState<Elsewhere | null>(null);
  const tab = useRef<number | null>(null);

  const ask = (paper: FullTextSource): void => {
    setElsewhere(null);
    onPaper(paper);
  };
  const readAddress = async (address: string, at: number): Promise<void> => {
    const read = async (): Promise<void> => ask({ pdf: await fetchPdf(address) });
    if (await mayFetch(address)) await read().catch(() => setElsewhere({ address, at, read }));
    else setElsewhere({ address, at, read });
  };
  const follow = (requested: RequestedPaper): void => {
    const { id, address, at } = requested;
    tab.current = requested.tab;
    if (id !== null && requested.html && requested.tab !== null) void paperOfTab(id, requested.tab).then(ask);
    else if (id !== null) ask({ id });
    else if (address !== null) void readAddress(address, at);
  };
  useEffect(() => watchRequestedPaper(follow), []);

  const showPlace = (id: string, { page, anchor }: PaperPlace): void => {
    if (page !== null) void showPage(id, page, tab.current).then((shown) => (tab.current = shown));
    else if (anchor && tab.current !== null) void askTab(tab.current, { type: "side-panel-to-content/show", anchor });
  };
  return { elsewhere, ask, showPlace };
}

async function fetchPdf(address: string): Promise<Blob> {
  const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return answer.blob();
}

/** The paper as the tab shows it; its PDF when the tab does not answer. */
async function paperOfTab(id: string, tab: number): Promise<FullTextSource> {
  const html = await askTab(tab, { type: "side-panel-to-content/html" }).catch(() => null);
  const readPicture = (addresses: string[]): Promise<string | null> =>
    askTab(tab, { type: "side-panel-to-content/picture", addresses });
  return html === null ? { id } : { id, html, readPicture };
}
