import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { GLOSS_PORT, type OptionsToBackground, type ReaderToBackground } from "../../shared/messages";
import { lookOf } from "../../shared/settings";
import { wantedFrom } from "../../shared/wanted";
import { serveLine } from "./line";
import { makeMenu, onMenu, openPdf } from "./menu";
import { answerOptions } from "./options";
import { isArxivPage, isOwnPage } from "./senders";
import { readServer, readSettings, showLook, shutOutPages, watchSettings, writeSettings } from "./store";

export default defineBackground({
  type: "module",
  main() {
    void shutOutPages();
    void showLook();

    browser.runtime.onConnect.addListener((port) => {
      if (port.name !== GLOSS_PORT || !isArxivPage(port.sender, browser.runtime.id)) {
        port.disconnect();
        return;
      }
      serveLine(port, {
        readServer,
        readSettings,
        collapse: (collapsed) => writeSettings({ collapsed }),
        openOptions: () => browser.runtime.openOptionsPage(),
        openSaved: () => browser.tabs.create({ url: browser.runtime.getURL("/saved.html") }),
        openPaper: (id, html) => {
          const tab = port.sender?.tab;
          const page = html ? "html" : "abs";
          openPdf(wantedFrom(`https://arxiv.org/${page}/${id}`, tab?.id ?? null, Date.now()), tab);
        },
        watchLook: (listener) => watchSettings((settings) => listener(lookOf(settings))),
      });
    });

    browser.runtime.onMessage.addListener(
      (message: OptionsToBackground | ReaderToBackground, sender, respond: (answer: unknown) => void) => {
        const isOurs = (page: "/options.html" | "/saved.html" | "/sidepanel.html"): boolean =>
          isOwnPage(sender, browser.runtime.id, browser.runtime.getURL(page));
        if (message.type === "reader-to-background/begin") {
          if (!isOurs("/sidepanel.html") && !isOurs("/saved.html")) return false;
          void Promise.all([readServer(), readSettings()]).then(([server, settings]) => respond({ server, settings }));
          return true; // the answer comes later
        }
        if (!isOurs("/options.html")) return false;
        void answerOptions(message).then(respond);
        return true;
      },
    );

    browser.runtime.onInstalled.addListener(() => void makeMenu());
    browser.contextMenus.onClicked.addListener(onMenu);

    // On a paper the button opens its PDF's gloss, elsewhere the options.
    browser.action.onClicked.addListener((tab) => {
      const wanted = wantedFrom(tab.url, tab.id ?? null, Date.now());
      if (wanted?.id) openPdf(wanted, tab);
      else void browser.runtime.openOptionsPage();
    });
  },
});
