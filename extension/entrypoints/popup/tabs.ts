/** What the popup asks of the browser: the tab that it was opened over, pages of ours, keys. */
import { browser } from "wxt/browser";
import type { TabOfReader } from "../../shared/messages";

/** The tab in front; its address is empty where the browser does not tell it. */
export async function tabInFront(): Promise<TabOfReader | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? "", windowId: tab.windowId };
}

/** Open a page and leave the popup. */
export async function openTab(url: string): Promise<void> {
  await browser.tabs.create({ url });
  window.close();
}

export const openSaved = (): Promise<void> => openTab(browser.runtime.getURL("/saved.html"));

export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
  window.close();
}

/** The key of each command that has one, as the browser writes it. */
export async function readShortcuts(): Promise<Record<string, string>> {
  const commands = await browser.commands.getAll();
  return Object.fromEntries(commands.map(({ name = "", shortcut = "" }) => [name, shortcut]));
}
