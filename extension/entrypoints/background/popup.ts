import { readDigests } from "../../client/digests";
import type { NewestDigests, PopupAnswers, PopupToBackground } from "../../shared/messages";
import { check } from "./options";
import { glossTab, switchSite } from "./site";
import { readServer, readSettings } from "./store";

export async function answerPopup(message: PopupToBackground): Promise<PopupAnswers[keyof PopupAnswers]> {
  switch (message.type) {
    case "popup-to-background/settings":
      return readSettings();
    case "popup-to-background/check":
      return check();
    case "popup-to-background/digests":
      return newestDigests();
    case "popup-to-background/switch-site":
      await switchSite(message.host, message.on);
      return readSettings();
    case "popup-to-background/gloss":
      return glossTab(message.tab);
  }
}

/** Those of the last day that has any; what is in the way of the server is told by `check`. */
async function newestDigests(): Promise<NewestDigests | null> {
  const server = await readServer();
  const answer = await readDigests(server).catch(() => null);
  const day = answer?.digests[0]?.day;
  if (!answer || day === undefined) return null;
  const digests = answer.digests.filter((digest) => digest.day === day);
  return {
    day,
    digests: digests.map(({ topic, papers, page }) => ({
      topic,
      papers,
      address: server.origin + answer.address + page,
    })),
  };
}
