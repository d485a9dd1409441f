import { browser } from "wxt/browser";
import { pageSettingsOf, settingsFrom, type PageSettings } from "../../shared/settings";
import { PAGE_SETTINGS } from "../../shared/storage-keys";

/** The page settings as the background left them for us, or null when it has not yet, or cannot. */
export async function publishedSettings(): Promise<PageSettings | null> {
  try {
    const stored = (await browser.storage.session.get(PAGE_SETTINGS))[PAGE_SETTINGS];
    return stored ? pageSettingsOf(settingsFrom(stored)) : null;
  } catch {
    return null; // Firefox keeps storage.session from content scripts.
  }
}
