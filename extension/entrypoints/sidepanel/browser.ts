/** What the side panel, and the page of saved papers, ask of the browser. */
import { browser } from "wxt/browser";
import type { ContentAnswers, ReaderBegins, ReaderToBackground, ReaderToContent } from "../../shared/messages";
import { WANTED, type Wanted } from "../../shared/wanted";

/** The server to speak to, with its token, and how it shall look. */
export function begin(): Promise<ReaderBegins> {
  const message: ReaderToBackground = { type: "reader-to-background/begin" };
  return browser.runtime.sendMessage(message);
}

/** The PDF asked for last, and each one after it; returns how to stop it. */
export function watchWanted(listener: (wanted: Wanted) => void): () => void {
  const tell = (value: unknown): void => {
    if (value) listener(value as Wanted);
  };
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => tell(changes[WANTED]?.newValue);
  browser.storage.session.onChanged.addListener(onChanged);
  void browser.storage.session.get(WANTED).then((kept) => tell(kept[WANTED]));
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
export function askTab<M extends ReaderToContent>(tab: number, message: M): Promise<ContentAnswers[M["type"]]> {
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
