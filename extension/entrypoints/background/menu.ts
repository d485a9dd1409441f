/** "Gloss this PDF", on links and on pages, and the side panel that it opens. */
import { browser, type Browser } from "wxt/browser";
import { REQUESTED_PAPER, requestedPaperFrom, type RequestedPaper } from "../../shared/requested-paper";
import { interfaceFor } from "../../shared/words";
import { readSettings } from "./store";

export const MENU = "gloss-pdf";
const ARXIV = ["https://*.arxiv.org/abs/*", "https://*.arxiv.org/pdf/*", "https://*.arxiv.org/html/*"];
const ANY_PDF = ["*://*/*.pdf", "*://*/*.pdf?*", "*://*/*.PDF"];

/** The items have to be made once, when the extension is installed or updated. */
export async function makeMenu(): Promise<void> {
  const { words } = interfaceFor((await readSettings()).language, browser.i18n.getUILanguage());
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({
    id: `${MENU}-link`,
    title: words.fullText.menu,
    contexts: ["link"],
    targetUrlPatterns: [...ARXIV, ...ANY_PDF],
  });
  browser.contextMenus.create({
    id: `${MENU}-page`,
    title: words.fullText.menu,
    contexts: ["page", "frame"],
    documentUrlPatterns: [...ARXIV, ...ANY_PDF],
  });
}

export function onMenu(info: Browser.contextMenus.OnClickData, tab?: Browser.tabs.Tab): void {
  const address = info.linkUrl ?? info.frameUrl ?? info.pageUrl;
  const isOpen = info.linkUrl === undefined;
  openPdf(requestedPaperFrom(address, (isOpen && tab?.id) || null, Date.now()), tab);
}

/** Must be called at once from what the reader did: browsers open a side panel for nobody else. */
export function openPdf(requested: RequestedPaper | null, tab: { windowId?: number } | undefined): void {
  if (!requested) return;
  const opened = openSidePanel(tab?.windowId);
  void browser.storage.session.set({ [REQUESTED_PAPER]: requested });
  void opened.catch(() => undefined); // it may be open, or the browser may have none: the wish is kept either way
}

interface Sidebar {
  sidebarAction?: { open: () => Promise<void> };
}

async function openSidePanel(windowId: number | undefined): Promise<void> {
  const { sidebarAction } = browser as unknown as Sidebar;
  if (sidebarAction) await sidebarAction.open();
  else if (windowId !== undefined) await browser.sidePanel.open({ windowId });
}
