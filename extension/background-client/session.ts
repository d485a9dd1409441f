import { browser } from "wxt/browser";
import type { OwnPageToBackground, OwnPageSession } from "../shared/messages";

/** The server to speak to, with its token, and the settings: for pages of our own that ask the server themselves. */
export function openSession(): Promise<OwnPageSession> {
  const message: OwnPageToBackground = { type: "own-page-to-background/open-session" };
  return browser.runtime.sendMessage(message);
}
