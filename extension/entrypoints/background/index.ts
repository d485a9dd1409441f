import { browser, type Browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import {
  GLOSS_PORT,
  type OptionsToBackground,
  type OwnPageToBackground,
  type PopupToBackground,
} from "../../shared/messages";
import { requestedPaperFrom } from "../../shared/requested-paper";
import { pageSettingsOf } from "../../shared/settings";
import { openPdf } from "../../side-panel-client/open";
import { showOnButton } from "./badge";
import { onCommand } from "./commands";
import { serveGlossPort, type BackgroundDeps } from "./gloss-port";
import { makeMenu, onMenu, translateMenu } from "./menu";
import { answerOptions } from "./options";
import { answerPopup } from "./popup";
import { keepProgram } from "./program";
import { reloadIfBehind, reloadTab } from "./refresh";
import { isArxivPage, isOwnPage, type Sender } from "./senders";
import { publishPageSettings, readSettings, restrictStorage, watchSettings, writeSettings } from "./store";
import { pairAgain, pairedServer } from "./ticket";

export default defineBackground({
  type: "module",
  main() {
    void restrictStorage();
    void publishPageSettings();
    void reloadTab();
    void pairedServer();

    browser.runtime.onConnect.addListener((port) => {
      if (port.name === GLOSS_PORT && isArxivPage(port.sender, browser.runtime.id)) {
        serveGlossPort(port, depsFor(port.sender?.tab));
        void reloadIfBehind(port.sender?.tab?.id);
      } else port.disconnect();
    });
    browser.runtime.onMessage.addListener(answerOwnPages);
    browser.runtime.onInstalled.addListener(() => void makeMenu());
    browser.contextMenus.onClicked.addListener(onMenu);
    browser.commands.onCommand.addListener(onCommand);
    let shown: string | null = null;
    watchSettings(({ language }) => {
      if (shown !== language) void translateMenu();
      shown = language;
    });
  },
});

function depsFor(tab: Browser.tabs.Tab | undefined): BackgroundDeps {
  return {
    readServer: pairedServer,
    pairAgain,
    readSettings,
    keepProgram: (program) => void keepProgram(program),
    tellReach: (failure) => void showOnButton(failure),
    collapse: (collapsed) => writeSettings({ collapsed }),
    foldAbstracts: (foldAbstracts) => writeSettings({ foldAbstracts }),
    keepLayout: (layout) => writeSettings({ layout }),
    openOptions: () => browser.runtime.openOptionsPage(),
    openSaved: () => browser.tabs.create({ url: browser.runtime.getURL("/saved.html") }),
    openPaper: (id, html) => {
      const address = `https://arxiv.org/${html ? "html" : "abs"}/${id}`;
      void openPdf(requestedPaperFrom(address, tab?.id ?? null, Date.now()), tab);
    },
    watchPageSettings: (listener) => watchSettings((settings) => listener(pageSettingsOf(settings))),
  };
}

/** Returns whether the answer comes later; messages of anybody else are not answered. */
function answerOwnPages(
  message: OptionsToBackground | OwnPageToBackground | PopupToBackground,
  sender: Sender,
  respond: (answer: unknown) => void,
): boolean {
  const comesFrom = (page: "/options.html" | "/popup.html" | "/saved.html" | "/sidepanel.html"): boolean =>
    isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(page));
  if (message.type === "own-page-to-background/open-session") {
    if (!comesFrom("/sidepanel.html") && !comesFrom("/saved.html")) return false;
    void Promise.all([pairedServer(), readSettings()]).then(([server, settings]) => respond({ server, settings }));
    return true;
  }
  if (isFromPopup(message)) {
    if (!comesFrom("/popup.html")) return false;
    void answerPopup(message).then(respond);
    return true;
  }
  if (!comesFrom("/options.html")) return false;
  void answerOptions(message).then(respond);
  return true;
}

const isFromPopup = (message: { type: string }): message is PopupToBackground =>
  message.type.startsWith("popup-to-background/");
