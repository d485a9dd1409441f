import { browser } from "wxt/browser";
import type { PopupAnswers, PopupToBackground } from "../shared/messages";

/** Ask the background; it alone keeps settings and token, and speaks to the server for the popup. */
export function askForPopup<M extends PopupToBackground>(message: M): Promise<PopupAnswers[M["type"]]> {
  return browser.runtime.sendMessage(message);
}
