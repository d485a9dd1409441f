/** The side panel with the whole paper that the reader asks for. */
import { browser } from "wxt/browser";
import { REQUESTED_PAPER, type RequestedPaper } from "../shared/requested-paper";

/** Must be called at once from what the reader did: browsers open a side panel for nobody else. */
export async function openPdf(requested: RequestedPaper | null, tab: { windowId?: number } | undefined): Promise<void> {
  if (!requested) return;
  const opened = openSidePanel(tab?.windowId);
  await browser.storage.session.set({ [REQUESTED_PAPER]: requested });
  await opened.catch(() => undefined); // it may be open, or the browser may have none: the wish is kept either way
}

interface Sidebar {
  sidebarAction?: { open: () => Promise<void> };
}

async function openSidePanel(windowId: number | undefined): Promise<void> {
  const { sidebarAction } = browser as unknown as Sidebar;
  if (sidebarAction) await sidebarAction.open();
  else if (windowId !== undefined) await browser.sidePanel.open({ windowId });
}
