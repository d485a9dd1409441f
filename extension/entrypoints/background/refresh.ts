/**
 * `arxiv-gloss start` refreshes the folder that this extension is loaded from; the browser goes on with what it has read.
 *
 * What stands in the folder is compared with what runs, each time that a page connects. After the reload they are the
 * same, and for an extension from a shop they always are.
 */
import { browser } from "wxt/browser";
import { storage } from "wxt/utils/storage";

/** The version for which we were reloaded last: never twice for one. */
const triedItem = storage.defineItem<string>("local:reloaded-for");
/** The tab whose page connected before the reload, and is cut off by it. */
const tabItem = storage.defineItem<number>("local:tab-to-reload");

/** Reload the extension where its folder holds another version; returns whether it does. */
export async function reloadIfBehind(tab: number | undefined): Promise<boolean> {
  const waiting = await versionInFolder();
  if (waiting === null || waiting === browser.runtime.getManifest().version) return false;
  if ((await triedItem.getValue()) === waiting) return false;
  await triedItem.setValue(waiting);
  if (tab !== undefined) await tabItem.setValue(tab);
  browser.runtime.reload();
  return true;
}

/** After a reload: the page that was cut off is loaded again, once. */
export async function reloadTab(): Promise<void> {
  const tab = await tabItem.getValue();
  if (tab === null) return;
  await tabItem.removeValue();
  await browser.tabs.reload(tab).catch(() => undefined); // it may be closed
}

async function versionInFolder(): Promise<string | null> {
  const found = (await fetch(browser.runtime.getURL("/manifest.json" as "/"), { cache: "no-store" }).then(
    (response) => response.json(),
    () => null,
  )) as { version?: unknown } | null;
  return typeof found?.version === "string" ? found.version : null;
}
