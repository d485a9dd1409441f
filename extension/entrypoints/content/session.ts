/** What every kind of page has with the background: a port, the settings as they change, and another try. */
import { EXTENSION_RELOADED, type Failure } from "../../shared/failure";
import type { BackgroundToContent, ContentToBackground } from "../../shared/messages";
import { DEFAULTS, pageSettingsOf, samePageSettings, type PageSettings } from "../../shared/settings";
import { interfaceFor, type Interface } from "../../shared/words";
import type { GlossPort, Lifetime } from "./gloss-port";

/** A worker that dies again and again is not asked for ever. */
const MAX_BREAKS = 5;

export type PageMessage = Exclude<BackgroundToContent, { type: "background-to-content/settings" }>;

export interface SessionListener {
  /** The settings are known (`before` is null then), or have changed. */
  onSettings: (settings: PageSettings, before: PageSettings | null) => void;
  onMessage: (message: PageMessage) => void;
  /** The worker went away: what is not finished may be asked for again, if `mayAskAgain`. */
  onBreak: (mayAskAgain: boolean) => void;
  /** The extension itself is gone. */
  onEnd: (failure: Failure) => void;
  /** The reader is back at the page, perhaps from starting the server or from pairing. */
  onReturn: () => void;
}

export class Session {
  /** Until they are known, those that most readers have. */
  settings = pageSettingsOf(DEFAULTS);
  isKnown = false;
  private breaks = 0;
  private listener: SessionListener | null = null;

  /** `stored`: the settings where they can be read without the worker. `adjust`: what this page makes of settings. */
  constructor(
    private readonly port: GlossPort,
    private readonly lifetime: Lifetime,
    private readonly stored: Promise<PageSettings | null>,
    private readonly adjust: (settings: PageSettings) => PageSettings = (settings) => settings,
  ) {}

  get interface(): Interface {
    return interfaceFor(this.settings.language, navigator.language);
  }

  get signal(): AbortSignal {
    return this.lifetime.signal;
  }

  listen(listener: SessionListener): void {
    const { signal } = this.lifetime;
    this.listener = listener;
    void this.stored.then((stored) => stored && !this.isKnown && !signal.aborted && this.adopt(stored));
    this.port.listen({
      onMessage: (message) => this.receive(message),
      onBreak: () => listener.onBreak(this.breaks++ < MAX_BREAKS),
    });
    window.addEventListener("focus", () => listener.onReturn(), { signal });
    signal.addEventListener("abort", () => this.lifetime.isInvalid && this.end());
  }

  send(message: ContentToBackground): void {
    if (this.lifetime.isInvalid) this.end();
    else this.port.send(message);
  }

  keepAlive(isAwaiting: boolean): void {
    this.port.keepAlive(isAwaiting);
  }

  close(): void {
    this.port.close();
  }

  private end(): void {
    this.listener?.onEnd({ code: EXTENSION_RELOADED, message: "The extension was updated. Reload this page." });
  }

  private receive(message: BackgroundToContent): void {
    if (message.type === "background-to-content/settings") this.adopt(message.settings);
    else {
      if (message.type !== "background-to-content/failed") this.breaks = 0;
      this.listener?.onMessage(message);
    }
  }

  private adopt(given: PageSettings): void {
    const settings = this.adjust(given);
    if (this.isKnown && samePageSettings(settings, this.settings)) return;
    const before = this.isKnown ? this.settings : null;
    this.settings = settings;
    this.isKnown = true;
    this.listener?.onSettings(settings, before);
  }
}

/** Whether glosses made under these settings differ from those made under the others. */
export function givesOtherGlosses(settings: PageSettings, before: PageSettings): boolean {
  return settings.target !== before.target || settings.revision !== before.revision;
}
