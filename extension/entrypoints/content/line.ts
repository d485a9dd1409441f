/** The content script's end of the port to the background. What comes before anybody listens is kept. */
import { browser } from "wxt/browser";
import {
  GLOSS_PORT,
  PING_MILLISECONDS,
  type BackgroundToContent,
  type ContentToBackground,
} from "../../shared/messages";

export interface Line {
  send: (message: ContentToBackground) => void;
  listen: (listener: LineListener) => void;
  /** While something is awaited the worker is kept alive, by pings. */
  keepAlive: (wanted: boolean) => void;
  /** Nothing more is wanted; what runs is stopped. */
  close: () => void;
}

export interface LineListener {
  onMessage: (message: BackgroundToContent) => void;
  /** The worker is gone. The next `send` starts it anew. */
  onBreak: () => void;
  /** The extension itself is gone: updated or removed while this page was open. */
  onEnd: () => void;
}

type Port = ReturnType<typeof browser.runtime.connect>;

export function openLine(): Line {
  let listener: LineListener | null = null;
  let early: BackgroundToContent[] = [];
  let pinging: ReturnType<typeof setInterval> | null = null;

  const connect = (): Port | null => {
    try {
      const opened = browser.runtime.connect({ name: GLOSS_PORT });
      opened.onMessage.addListener((message: BackgroundToContent) => {
        if (listener) listener.onMessage(message);
        else early.push(message);
      });
      opened.onDisconnect.addListener(() => {
        port = null;
        listener?.onBreak();
      });
      return opened;
    } catch {
      listener?.onEnd(); // "Extension context invalidated."
      return null;
    }
  };
  let port = connect();
  const send = (message: ContentToBackground): void => {
    port ??= connect();
    port?.postMessage(message);
  };

  return {
    send,
    listen(given) {
      listener = given;
      for (const message of early) given.onMessage(message);
      early = [];
    },
    keepAlive(wanted) {
      if (wanted === (pinging !== null)) return;
      if (pinging !== null) clearInterval(pinging);
      pinging = wanted ? setInterval(() => send({ type: "content-to-background/ping" }), PING_MILLISECONDS) : null;
    },
    close() {
      if (pinging !== null) clearInterval(pinging);
      port?.disconnect();
      port = null;
      listener = null;
    },
  };
}
