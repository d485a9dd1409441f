/** What the side panel asks of the browser: the paper that is wanted, permissions, and tabs. */
import { browser } from "wxt/browser";
import type { ContentAnswers, SidePanelToContent } from "../../shared/messages";
import { REQUESTED_PAPER, type RequestedPaper } from "../../shared/requested-paper";

/** The PDF asked for last, and each one after it; returns how to stop it. */
export function watchRequestedPaper(listener: (requested: RequestedPaper) => void): () => void {
  const hand = (value: unknown): void => {
    if (value) listener(value as RequestedPaper);
  };
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => hand(changes[REQUESTED_PAPER]?.newValue);
  browser.storage.session.onChanged.addListener(onChanged);
  void browser.storage.session.get(REQUESTED_PAPER).then((kept) => hand(kept[REQUESTED_PAPER]));
  return () => browser.storage.session.onChanged.removeListener(onChanged);
}

const patternOf = (address: string): string => `${new URL(address).origin}/*`;

export function mayFetch(address: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(address)] });
}

/** Ask the reader; must be called at once from a click. */
export function askToFetch(address: string): Promise<boolean> {
  return browser.permissions.request({ origins: [patternOf(address)] });
}

/** Ask the tab that shows an HTML paper; rejects when it has gone elsewhere. */
export function askTab<M extends SidePanelToContent>(tab: number, message: M): Promise<ContentAnswers[M["type"]]> {
  return browser.tabs.sendMessage(tab, message);
}

/** The tab that shows pages of `id`; the first page that is opened makes it. */
export async function showPage(id: string, page: number, tab: number | null): Promise<number | null> {
  const url = `https://arxiv.org/pdf/${id}#page=${page}`;
  if (tab !== null) {
    const shown = await browser.tabs.update(tab, { url, active: true }).catch(() => null);
    if (shown) return tab;
  }
  return (await browser.tabs.create({ url })).id ?? null;
}

export const openOptions = (): void => void browser.runtime.openOptionsPage();
