/** What the browser keeps: where the server is, what is asked of it and how the panel looks. Never the token. */

export type Theme = "light" | "system" | "dark";
export type InterfaceLanguage = "auto" | "en" | "zh";

/** What a page may know. */
export interface Look {
  /** Target language of the gloss, as a language tag: `zh`, `zh-TW`. */
  target: string;
  /** Gloss as soon as the page is open, or only when asked. */
  automatic: boolean;
  language: InterfaceLanguage;
  theme: Theme;
  collapsed: boolean;
  keys: Keys;
  /** Grows with each change of the reader's terms, so that open pages know of it. */
  terms: number;
}

/** One key each, for lists. */
export interface Keys {
  next: string;
  previous: string;
  open: string;
  hide: string;
  save: string;
}

export interface Settings extends Look {
  /** Origin of the server, on this machine: `http://127.0.0.1:8417`. */
  address: string;
}

export const DEFAULTS: Settings = {
  address: "http://127.0.0.1:8417",
  target: "zh",
  automatic: true,
  language: "auto",
  theme: "light",
  collapsed: false,
  // Neither arXiv's access keys, nor those of Vimium, Zotero and the browsers themselves.
  keys: { next: ".", previous: ",", open: "1", hide: "2", save: "3" },
  terms: 0,
};

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);

/** The origin that an address typed by a person means, or null when it is not on this machine. */
export function loopbackOrigin(address: string): string | null {
  const typed = address.trim();
  const full = /^\d+$/.test(typed) ? `http://127.0.0.1:${typed}` : typed.includes("://") ? typed : `http://${typed}`;
  if (!URL.canParse(full)) return null;
  const url = new URL(full);
  const bare =
    url.username === "" && url.password === "" && url.pathname === "/" && url.search === "" && url.hash === "";
  return url.protocol === "http:" && LOOPBACK.has(url.hostname) && bare ? url.origin : null;
}

/** Settings as stored, with the default in place of everything that is missing or makes no sense. */
export function settingsFrom(stored: unknown): Settings {
  const given = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const oneOf = <T extends string>(value: unknown, choices: readonly T[], otherwise: T): T =>
    choices.find((choice) => choice === value) ?? otherwise;
  return {
    address: (typeof given.address === "string" && loopbackOrigin(given.address)) || DEFAULTS.address,
    target:
      typeof given.target === "string" && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(given.target)
        ? given.target
        : DEFAULTS.target,
    automatic: typeof given.automatic === "boolean" ? given.automatic : DEFAULTS.automatic,
    language: oneOf(given.language, ["auto", "en", "zh"], DEFAULTS.language),
    theme: oneOf(given.theme, ["light", "system", "dark"], DEFAULTS.theme),
    collapsed: typeof given.collapsed === "boolean" ? given.collapsed : DEFAULTS.collapsed,
    keys: keysFrom(given.keys),
    terms: typeof given.terms === "number" ? given.terms : DEFAULTS.terms,
  };
}

/** The keys as chosen where they are single characters, each for one thing; else as they come. */
export function keysFrom(stored: unknown): Keys {
  const given = typeof stored === "object" && stored !== null ? (stored as Record<string, unknown>) : {};
  const keys = { ...DEFAULTS.keys };
  for (const name of Object.keys(keys) as (keyof Keys)[]) {
    const key = given[name];
    if (typeof key === "string" && /^\S$/u.test(key)) keys[name] = key;
  }
  return new Set(Object.values(keys)).size === Object.keys(keys).length ? keys : { ...DEFAULTS.keys };
}

export function lookOf(settings: Settings): Look {
  const { target, automatic, language, theme, collapsed, keys, terms } = settings;
  return { target, automatic, language, theme, collapsed, keys, terms };
}
