import type { GlossPort, GlossPortListener, Lifetime } from "../../../../extension/entrypoints/content/gloss-port";
import type { PaperPage } from "../../../../extension/page";
import type { BackgroundToContent, ContentToBackground } from "../../../../extension/shared/messages";
import { DEFAULTS, pageSettingsOf, type PageSettings } from "../../../../extension/shared/settings";

/** The content script's end of a port, whose other end the test holds. */
export function fakeGlossPort() {
  const sent: ContentToBackground[] = [];
  let listener: GlossPortListener | null = null;
  const port: GlossPort & { isKeptAlive: boolean } = {
    isKeptAlive: false,
    send: (message) => void sent.push(message),
    listen: (given) => (listener = given),
    keepAlive(isAwaiting) {
      port.isKeptAlive = isAwaiting;
    },
    close: () => (listener = null),
  };
  const say = (message: BackgroundToContent): void => listener?.onMessage(message);
  return {
    port,
    sent,
    /** Messages of one kind. */
    sentOf: <Type extends ContentToBackground["type"]>(type: Type) =>
      sent.filter((message): message is ContentToBackground & { type: Type } => message.type === type),
    say,
    sayDifferentSettings: (change: Partial<PageSettings>) =>
      say({ type: "background-to-content/settings", settings: settingsWith(change) }),
    breakOff: () => listener?.onBreak(),
  };
}

export const settingsWith = (change: Partial<PageSettings>): PageSettings => ({
  ...pageSettingsOf(DEFAULTS),
  language: "en",
  ...change,
});

/** A lifetime that the test ends, as an update of the extension does. */
export function fakeLifetime(): Lifetime & { end: () => void } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    get isInvalid() {
      return controller.signal.aborted;
    },
    end: () => controller.abort(),
  };
}

export const PAPER = {
  id: "2401.01234v2",
  title: "SplitNet: Caching Attention",
  abstract: "Large language models are slow. ".repeat(4),
};

export function fakePage(change: Partial<PaperPage> = {}) {
  const highlighted: (readonly (readonly [number, number])[])[] = [];
  const marked: (readonly (readonly [number, number])[])[] = [];
  let point = (_index: number | null): void => undefined;
  const page: PaperPage = {
    readPaper: () => PAPER,
    readAuthors: () => ["Jane Doe"],
    readComments: () => null,
    withdrawn: null,
    latest: null,
    onlyMetadata: false,
    place: (host) => {
      document.body.append(host);
      return { setOpen: () => undefined };
    },
    original: {
      canHighlight: true,
      mark: (spans) => void marked.push(spans),
      highlight: (spans) => void highlighted.push(spans),
      watchPointer: (_spans, listener) => (point = listener),
    },
    ...change,
  };
  return { page, highlighted, marked, point: (index: number | null) => point(index) };
}

/** Let promises go on that wait for nothing but each other. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The panels on the page, which stand in shadow roots. */
export function panelsOf(): ShadowRoot[] {
  return [...document.body.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? []);
}
