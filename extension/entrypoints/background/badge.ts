/** The toolbar button tells what keeps glosses from coming, as far as was last seen. */
import { browser } from "wxt/browser";
import { EXTENSION_TOO_OLD, NOT_PAIRED, SERVER_DOWN, SERVER_TOO_OLD, type Failure } from "../../shared/failure";
import { commandFor, interfaceFor } from "../../shared/words";
import { readSettings } from "./store";

/** What holds for every page, and is cured elsewhere. */
const TOLD = new Set<string>([SERVER_DOWN, NOT_PAIRED, SERVER_TOO_OLD, EXTENSION_TOO_OLD]);
const RED = "#b31b1b";

/** Null when the server answered as it should. Other failures leave the button as it is. */
export async function showOnButton(failure: Failure | null): Promise<void> {
  if (failure !== null && !TOLD.has(failure.code)) return;
  const { action } = browser;
  await action.setBadgeBackgroundColor({ color: RED });
  await action.setBadgeText({ text: failure === null ? "" : "!" });
  await action.setTitle({ title: failure === null ? "" : await titleFor(failure) });
}

async function titleFor({ code, message }: Failure): Promise<string> {
  const { language, program } = await readSettings();
  const { words } = interfaceFor(language, browser.i18n.getUILanguage());
  return ["arXiv Gloss", words.failures[code] ?? message, commandFor(code, program)].filter(Boolean).join("\n");
}
