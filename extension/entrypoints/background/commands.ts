/** Keys that the reader may press on any page; wxt.config.ts names them to the browser. */
import type { Browser } from "wxt/browser";
import { shownPage } from "../../shared/page-kind";
import { glossTab, glossWholePaper, switchSite } from "./site";

export function onCommand(command: string, tab: Browser.tabs.Tab | undefined): void {
  const page = shownPage(tab?.url);
  if (!tab) return;
  if (command === "whole-paper") glossWholePaper(tab);
  else if (command === "gloss-page" && page?.kind === "pdf") glossWholePaper(tab);
  else if (command === "gloss-page") void glossTab(tab);
  else if (command === "switch-site" && page) void switchSite(page.host);
}
