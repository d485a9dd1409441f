import { browser, type Browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { GLOSS_PORT, type OptionsToBackground, type OwnPageToBackground } from "../../shared/messages";
import { requestedPaperFrom } from "../../shared/requested-paper";
import { pageSettingsOf } from "../../shared/settings";
import { serveGlossPort, type BackgroundDeps } from "./gloss-port";
import { makeMenu, onMenu, openPdf } from "./menu";
import { answerOptions } from "./options";
import { keepProgram } from "./program";
import { isArxivPage, isOwnPage, type Sender } from "./senders";
import { publishPageSettings, readServer, readSettings, restrictStorage, watchSettings, writeSettings } from "./store";

export default defineBackground({
  type: "module",
  main() {
    void restrictStorage();
    void publishPageSettings();

    browser.runtime.onConnect.addListener((port) => {
      if (port.name === GLOSS_PORT && isArxivPage(port.sender, browser.runtime.id)) {
        serveGlossPort(port, depsFor(port.sender?.tab));
      } else port.disconnect();
    });
    browser.runtime.onMessage.addListener(answerOwnPages);
    browser.runtime.onInstalled.addListener(() => void makeMenu());
    browser.contextMenus.onClicked.addListener(onMenu);

    // On a paper the button opens its PDF's gloss, elsewhere the options.
    browser.action.onClicked.addListener((tab) => {
      const requested = requestedPaperFrom(tab.url, tab.id ?? null, Date.now());
      if (requested?.id) openPdf(requested, tab);
      else void browser.runtime.openOptionsPage();
    });
  },
});

function depsFor(tab: Browser.tabs.Tab | undefined): BackgroundDeps {
  return {
    readServer,
    readSettings,
    keepProgram: (program) => void keepProgram(program),
    collapse: (collapsed) => writeSettings({ collapsed }),
    openOptions: () => browser.runtime.openOptionsPage(),
    openSaved: () => browser.tabs.create({ url: browser.runtime.getURL("/saved.html") }),
    openPaper: (id, html) => {
      const address = `https://arxiv.org/${html ? "html" : "abs"}/${id}`;
      openPdf(requestedPaperFrom(address, tab?.id ?? null, Date.now()), tab);
    },
    watchPageSettings: (listener) => watchSettings((settings) => listener(pageSettingsOf(settings))),
  };
}

/** Returns whether the answer comes later; messages of anybody else are not answered. */
function answerOwnPages(
  message: OptionsToBackground | OwnPageToBackground,
  sender: Sender,
  respond: (answer: unknown) => void,
): boolean {
  const comesFrom = (page: "/options.html" | "/saved.html" | "/sidepanel.html"): boolean =>
    isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(page));
  if (message.type === "own-page-to-background/open-session") {
    if (!comesFrom("/sidepanel.html") && !comesFrom("/saved.html")) return false;
    void Promise.all([readServer(), readSettings()]).then(([server, settings]) => respond({ server, settings }));
    return true;
  }
  if (!comesFrom("/options.html")) return false;
  void answerOptions(message).then(respond);
  return true;
}
