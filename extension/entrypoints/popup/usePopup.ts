import { useEffect, useState } from "preact/hooks";
import { askForPopup } from "../../background-client/popup";
import type { Connection, NewestDigests, TabOfReader } from "../../shared/messages";
import type { Settings } from "../../shared/settings";
import type { Words } from "../../shared/words";
import { readShortcuts, tabInFront } from "./tabs";

/** What the popup shows; null what has not been answered yet. */
export interface PopupModel {
  settings: Settings | null;
  tab: TabOfReader | null;
  connection: Connection | null;
  digests: NewestDigests | null;
  shortcuts: Record<string, string>;
  check: () => Promise<void>;
  switchSite: (host: string, on: boolean) => Promise<void>;
}

export interface PartProps {
  words: Words;
  lang: string;
  model: PopupModel;
}

export function usePopup(): PopupModel {
  const [settings, setSettings] = useState<Settings | null>(null);
  const [tab, setTab] = useState<TabOfReader | null>(null);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [digests, setDigests] = useState<NewestDigests | null>(null);
  const [shortcuts, setShortcuts] = useState<Record<string, string>>({});

  const check = async (): Promise<void> => {
    setConnection(null);
    const answer = await askForPopup({ type: "popup-to-background/check" });
    setConnection(answer);
    if (answer.status) setDigests(await askForPopup({ type: "popup-to-background/digests" }));
  };
  useEffect(() => {
    void askForPopup({ type: "popup-to-background/settings" }).then(setSettings);
    void tabInFront().then(setTab);
    void readShortcuts().then(setShortcuts);
    void check();
  }, []);
  return {
    settings,
    tab,
    connection,
    digests,
    shortcuts,
    check,
    switchSite: async (host, on) =>
      setSettings(await askForPopup({ type: "popup-to-background/switch-site", host, on })),
  };
}
