import { browser } from "wxt/browser";
import { defineBackground } from "wxt/utils/define-background";
import { GLOSS_PORT, type OptionsToBackground } from "../../shared/messages";
import { lookOf } from "../../shared/settings";
import { serveLine } from "./line";
import { answerOptions } from "./options";
import { isArxivPage, isOptionsPage } from "./senders";
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
        watchLook: (listener) => watchSettings((settings) => listener(lookOf(settings))),
      });
    });

    browser.runtime.onMessage.addListener(
      (message: OptionsToBackground, sender, respond: (answer: unknown) => void) => {
        if (!isOptionsPage(sender, browser.runtime.id, browser.runtime.getURL("/options.html"))) return false;
        void answerOptions(message).then(respond);
        return true; // the answer comes later
      },
    );

    browser.action.onClicked.addListener(() => void browser.runtime.openOptionsPage());
  },
});
