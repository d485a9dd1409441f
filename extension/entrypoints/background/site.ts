/** Where the reader wants glosses, and a gloss of what a tab shows. */
import { browser, type Browser } from "wxt/browser";
import type { BackgroundToTab } from "../../shared/messages";
import { shownPage } from "../../shared/page-kind";
import { requestedPaperFrom } from "../../shared/requested-paper";
import { openPdf } from "../../side-panel-client/open";
import { writeSettings } from "./store";

type Tab = Pick<Browser.tabs.Tab, "id" | "url" | "windowId">;

/** Glosses on the pages of this host, or none; without `on` the other of what is. */
export async function switchSite(host: string, on?: boolean): Promise<void> {
  await writeSettings(({ sitesOff }) => {
    const others = sitesOff.filter((one) => one !== host);
    const isOn = others.length === sitesOff.length;
    return { sitesOff: (on ?? !isOn) ? others : [...others, host] };
  });
}

/** False when nothing of ours runs in the tab: it was open before the extension. */
export async function glossTab({ id, url }: Tab): Promise<boolean> {
  const page = shownPage(url);
  if (!page || id === undefined) return false;
  await switchSite(page.host, true);
  const message: BackgroundToTab = { type: "background-to-tab/gloss" };
  return browser.tabs.sendMessage(id, message).then(
    () => true,
    () => false,
  );
}

/** Must be called at once from what the reader did, as `openPdf`. */
export function glossWholePaper(tab: Tab): void {
  void openPdf(requestedPaperFrom(tab.url, tab.id ?? null, Date.now()), tab);
}
