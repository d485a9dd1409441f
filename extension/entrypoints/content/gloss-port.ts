/** The content script's end of the port to the background. What comes before anybody listens is kept. */
import { browser } from "wxt/browser";
import {
  GLOSS_PORT,
  PING_MILLISECONDS,
  type BackgroundToContent,
  type ContentToBackground,
} from "../../shared/messages";

/** How long something of a page lasts. WXT's context of a content script is one. */
export interface Lifetime {
  readonly signal: AbortSignal;
  /** The extension is gone: updated or removed while the page is open. */
  readonly isInvalid: boolean;
}

export interface GlossPort {
  send: (message: ContentToBackground) => void;
  listen: (listener: GlossPortListener) => void;
  /** While something is awaited the worker is kept alive, by pings. */
  keepAlive: (isAwaiting: boolean) => void;
  /** Nothing more is wanted; what runs is stopped. */
  close: () => void;
}

export interface GlossPortListener {
  onMessage: (message: BackgroundToContent) => void;
  /** The worker is gone. The next `send` starts another. */
  onBreak: () => void;
}

type Port = ReturnType<typeof browser.runtime.connect>;

export function openGlossPort(lifetime: Lifetime): GlossPort {
  return new ReconnectingPort(lifetime);
}

class ReconnectingPort implements GlossPort {
  private listener: GlossPortListener | null = null;
  private early: BackgroundToContent[] = [];
  private pinging: ReturnType<typeof setInterval> | null = null;
  private port: Port | null;

  constructor(private readonly lifetime: Lifetime) {
    this.port = this.connect();
    lifetime.signal.addEventListener("abort", () => this.close());
  }

  send(message: ContentToBackground): void {
    this.port ??= this.connect();
    this.port?.postMessage(message);
  }

  listen(listener: GlossPortListener): void {
    this.listener = listener;
    for (const message of this.early) listener.onMessage(message);
    this.early = [];
  }

  keepAlive(isAwaiting: boolean): void {
    if (isAwaiting === (this.pinging !== null)) return;
    if (this.pinging !== null) clearInterval(this.pinging);
    const ping = (): void => this.send({ type: "content-to-background/ping" });
    this.pinging = isAwaiting && !this.lifetime.signal.aborted ? setInterval(ping, PING_MILLISECONDS) : null;
  }

  close(): void {
    this.keepAlive(false);
    this.port?.disconnect();
    this.port = null;
    this.listener = null;
  }

  /** Null when the extension is gone; asking the lifetime makes that known to all who watch it. */
  private connect(): Port | null {
    if (this.lifetime.isInvalid || this.lifetime.signal.aborted) return null;
    const port = browser.runtime.connect({ name: GLOSS_PORT });
    port.onMessage.addListener((message: BackgroundToContent) => {
      if (this.listener) this.listener.onMessage(message);
      else this.early.push(message);
    });
    port.onDisconnect.addListener(() => {
      this.port = null;
      if (!this.lifetime.isInvalid) this.listener?.onBreak();
    });
    return port;
  }
}
