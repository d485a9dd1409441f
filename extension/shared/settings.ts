/** What the browser keeps: where the server is, what is asked of it and how the panel looks. Never the token. */

export type Theme = "light" | "system" | "dark";
/** How the translation of a paper stands: beneath each paragraph, beside it, or in its place. */
export type Layout = "stacked" | "beside" | "alone";
export type InterfaceLanguage = "auto" | "en" | "zh";

/** What a page may know. */
export interface PageSettings {
  /** Target language of the gloss, as a language tag: `zh`, `zh-TW`. */
  target: string;
  /** Gloss as soon as the page is open, or only when asked. */
  automatic: boolean;
  language: InterfaceLanguage;
  theme: Theme;
  collapsed: boolean;
  /** On lists, abstracts are folded under their gists. */
  foldAbstracts: boolean;
  keys: Keys;
  /** Hosts on whose pages nothing of ours is shown. */
  sitesOff: string[];
  /** Of translations in HTML papers. */
  layout: Layout;
  /** Grows with each change on the server that gives other glosses (terms, models), so that open pages ask again. */
  revision: number;
  /** What the reader types in a terminal to run the server's program, as the server last said. */
  program: string;
}

/** One key each, for lists and HTML papers; an empty one is none. */
export interface Keys {
  next: string;
  previous: string;
  open: string;
  abstract: string;
  hide: string;
  save: string;
  undo: string;
  help: string;
  /** On an HTML paper. */
  translate: string;
}

export interface Settings extends PageSettings {
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
  foldAbstracts: true,
  // Those of mail programs and readers. Vimium takes its own before a page hears of them; it then has to be told.
  keys: {
    next: "j",
    previous: "k",
    open: "o",
    abstract: "a",
    hide: "x",
    save: "s",
    undo: "z",
    help: "?",
    translate: "t",
  },
  sitesOff: [],
  layout: "stacked",
  revision: 0,
  program: "arxiv-gloss",
};

const LOOPBACK = new Set(["127.0.0.1", "localhost"]);
const TARGET = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/;
/** A path in a shell; nothing that could be taken for more than one line. */
const PROGRAM = /^[^\p{Cc}]{1,300}$/u;

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
  const given = recordOf(stored);
  const text = (value: unknown, pattern: RegExp, otherwise: string): string =>
    typeof value === "string" && pattern.test(value) ? value : otherwise;
  const truth = (value: unknown, otherwise: boolean): boolean => (typeof value === "boolean" ? value : otherwise);
  return {
    address: (typeof given.address === "string" && loopbackOrigin(given.address)) || DEFAULTS.address,
    target: text(given.target, TARGET, DEFAULTS.target),
    automatic: truth(given.automatic, DEFAULTS.automatic),
    language: oneOf(given.language, ["auto", "en", "zh"], DEFAULTS.language),
    theme: oneOf(given.theme, ["light", "system", "dark"], DEFAULTS.theme),
    collapsed: truth(given.collapsed, DEFAULTS.collapsed),
    foldAbstracts: truth(given.foldAbstracts, DEFAULTS.foldAbstracts),
    keys: keysFrom(given.keys),
    sitesOff: Array.isArray(given.sitesOff) ? given.sitesOff.filter((host) => typeof host === "string") : [],
    layout: oneOf(given.layout, ["stacked", "beside", "alone"], DEFAULTS.layout),
    revision: typeof given.revision === "number" ? given.revision : DEFAULTS.revision,
    program: text(given.program, PROGRAM, DEFAULTS.program),
  };
}

/** The keys as chosen; of two that are the same the first counts, and the other does nothing until it is chosen anew. */
export function keysFrom(stored: unknown): Keys {
  const given = recordOf(stored);
  const names = Object.keys(DEFAULTS.keys) as (keyof Keys)[];
  const isChosen = (name: keyof Keys): boolean => typeof given[name] === "string" && /^\S?$/u.test(given[name]);
  const keys = { ...DEFAULTS.keys };
  const taken = new Set<string>();
  for (const name of [...names.filter(isChosen), ...names.filter((name) => !isChosen(name))]) {
    const key = isChosen(name) ? (given[name] as string) : DEFAULTS.keys[name];
    keys[name] = taken.has(key) ? "" : key;
    if (key !== "") taken.add(key);
  }
  return keys;
}

export function pageSettingsOf(settings: Settings): PageSettings {
  const { target, automatic, language, theme, collapsed, foldAbstracts, keys, layout, sitesOff, revision, program } =
    settings;
  return { target, automatic, language, theme, collapsed, foldAbstracts, keys, layout, sitesOff, revision, program };
}

export function samePageSettings(one: PageSettings, other: PageSettings): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

function oneOf<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}
