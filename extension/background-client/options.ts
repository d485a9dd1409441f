import { browser } from "wxt/browser";
import type { OptionsAnswers, OptionsToBackground } from "../shared/messages";

/** Ask the background; it alone keeps settings and token, and speaks to the server for the options page. */
export function askBackground<M extends OptionsToBackground>(message: M): Promise<OptionsAnswers[M["type"]]> {
  return browser.runtime.sendMessage(message);
}
