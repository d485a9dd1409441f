import { useEffect, useRef, useState } from "preact/hooks";
import { askBackground } from "../../background-client/options";
import type { Connection, OptionsView } from "../../shared/messages";
import type { Settings } from "../../shared/settings";

/** What the page shows, and what it may ask. Every change is kept at once; there is no button to save. */
export interface OptionsModel {
  /** Null until it was read. */
  view: OptionsView | null;
  connection: Connection | "checking" | null;
  change: (part: Partial<Settings>) => Promise<void>;
  check: () => Promise<void>;
  pair: (code: string) => Promise<void>;
  unpair: () => Promise<void>;
}

export function useOptions(): OptionsModel {
  const [view, setView] = useState<OptionsView | null>(null);
  const [connection, setConnection] = useState<Connection | "checking" | null>(null);
  const showView = useLatest(setView);
  const showConnection = useLatest(setConnection);

  const readView = (): Promise<void> => showView(askBackground({ type: "options-to-background/read" }));
  const connect = async (answer: Promise<Connection>): Promise<void> => {
    setConnection("checking");
    await showConnection(answer);
    await readView();
  };
  const check = (): Promise<void> => connect(askBackground({ type: "options-to-background/check" }));
  useEffect(() => {
    void readView();
    void check();
  }, []);
  useEffect(() => {
    if (!connection || connection === "checking" || connection.status) return;
    // The reader is back, perhaps from starting the server.
    const again = (): void => void check();
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [connection]);
  return {
    view,
    connection,
    check,
    change: (change) => showView(askBackground({ type: "options-to-background/change", change })),
    pair: (code) => connect(askBackground({ type: "options-to-background/pair", code })),
    unpair: async () => {
      await showView(askBackground({ type: "options-to-background/unpair" }));
      await check();
    },
  };
}

/** Answers may overtake each other: only that to the latest question is taken. */
function useLatest<Answer>(take: (answer: Answer) => void): (answer: Promise<Answer>) => Promise<void> {
  const asked = useRef(0);
  return async (answer) => {
    const mine = ++asked.current;
    const given = await answer;
    if (mine === asked.current) take(given);
  };
}
