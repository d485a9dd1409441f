/** "Gloss the whole paper", on links and on pages, and "translate" on selected text. */
import { browser, type Browser } from "wxt/browser";
import type { BackgroundToTab } from "../../shared/messages";
import { requestedPaperFrom } from "../../shared/requested-paper";
import { ARXIV_ORIGINS } from "../../shared/origins";
import { interfaceFor, type Words } from "../../shared/words";
import { openPdf } from "../../side-panel-client/open";
import { readSettings } from "./store";

export const MENU = "gloss-pdf";
export const SELECTION_MENU = "gloss-selection";
const ARXIV = ["https://*.arxiv.org/abs/*", "https://*.arxiv.org/pdf/*", "https://*.arxiv.org/html/*"];
/** Where a content script of ours runs. */
const READ = ["abs", "html", "list", "catchup", "a", "search"].flatMap((path) =>
  ARXIV_ORIGINS.map((origin) => `${origin}/${path}/*`),
);
const ANY_PDF = ["*://*/*.pdf", "*://*/*.pdf?*", "*://*/*.PDF"];

type Item = Browser.contextMenus.CreateProperties & { id: string; title: string };

function itemsIn(words: Words): Item[] {
  return [
    {
      id: `${MENU}-link`,
      title: words.menu.linkedPaper,
      contexts: ["link"],
      targetUrlPatterns: [...ARXIV, ...ANY_PDF],
    },
    {
      id: `${MENU}-page`,
      title: words.menu.wholePaper,
      contexts: ["page", "frame"],
      documentUrlPatterns: [...ARXIV, ...ANY_PDF],
    },
    {
      id: SELECTION_MENU,
      title: words.menu.selection,
      contexts: ["selection"],
      documentUrlPatterns: READ,
    },
  ];
}

const items = async (): Promise<Item[]> =>
  itemsIn(interfaceFor((await readSettings()).language, browser.i18n.getUILanguage()).words);

/** The items have to be made once, when the extension is installed or updated. */
export async function makeMenu(): Promise<void> {
  const wanted = await items();
  await browser.contextMenus.removeAll();
  for (const item of wanted) browser.contextMenus.create(item);
}

/** Say them in the language that the reader has chosen meanwhile. */
export async function translateMenu(): Promise<void> {
  for (const { id, title } of await items()) await browser.contextMenus.update(id, { title }).catch(() => undefined);
}

export function onMenu(info: Browser.contextMenus.OnClickData, tab?: Browser.tabs.Tab): void {
  if (info.menuItemId === SELECTION_MENU) return void translateSelection(tab?.id);
  const address = info.linkUrl ?? info.frameUrl ?? info.pageUrl;
  const isOpen = info.linkUrl === undefined;
  void openPdf(requestedPaperFrom(address, (isOpen && tab?.id) || null, Date.now()), tab);
}

async function translateSelection(tab: number | undefined): Promise<void> {
  const message: BackgroundToTab = { type: "background-to-tab/selection" };
  // A tab that was open before the extension does not hear it.
  if (tab !== undefined) await browser.tabs.sendMessage(tab, message, { frameId: 0 }).catch(() => undefined);
}
