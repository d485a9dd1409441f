import { browser } from "wxt/browser";
import { lookOf, settingsFrom, type Look } from "../../shared/settings";
import { LOOK } from "../../shared/storage";

/** The look as the background left it for us, or null when it has not yet, or can not. */
export async function storedLook(): Promise<Look | null> {
  try {
    const stored = (await browser.storage.session.get(LOOK))[LOOK];
    return stored ? lookOf(settingsFrom(stored)) : null;
  } catch {
    return null; // Firefox keeps storage.session from content scripts.
  }
}
