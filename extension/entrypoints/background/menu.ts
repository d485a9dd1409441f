/** "Gloss the whole paper", on links and on pages. */
import { browser, type Browser } from "wxt/browser";
import { requestedPaperFrom } from "../../shared/requested-paper";
import { interfaceFor, type Words } from "../../shared/words";
import { openPdf } from "../../side-panel-client/open";
import { readSettings } from "./store";

export const MENU = "gloss-pdf";
const ARXIV = ["https://*.arxiv.org/abs/*", "https://*.arxiv.org/pdf/*", "https://*.arxiv.org/html/*"];
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
  const address = info.linkUrl ?? info.frameUrl ?? info.pageUrl;
  const isOpen = info.linkUrl === undefined;
  void openPdf(requestedPaperFrom(address, (isOpen && tab?.id) || null, Date.now()), tab);
}
