/** Settings as a file that the reader keeps: what was chosen, and neither a pairing nor what belongs to one machine. */
import { DEFAULTS, settingsFrom, type Settings } from "./settings";

const MARK = "arxiv-gloss-settings";
/** Found out, not chosen. */
const FOUND: readonly (keyof Settings)[] = ["revision", "program"];
const CHOSEN = (Object.keys(DEFAULTS) as (keyof Settings)[]).filter((name) => !FOUND.includes(name));

export function settingsFile(settings: Settings): string {
  const chosen = Object.fromEntries(CHOSEN.map((name) => [name, settings[name]]));
  return JSON.stringify({ [MARK]: 1, ...chosen }, null, 2) + "\n";
}

export interface ReadSettings {
  change: Partial<Settings>;
  /** Names of what stands in the file and was not taken: unknown, or without sense. */
  refused: string[];
}

/** Null when the file holds no settings of ours. What it does not name stays as it is. */
export function readSettingsFile(text: string): ReadSettings | null {
  const given = parsed(text);
  if (!given || !(MARK in given)) return null;
  const understood = settingsFrom(given) as Settings & Record<string, unknown>;
  const names = Object.keys(given).filter((name) => name !== MARK);
  const isTaken = (name: string): boolean =>
    CHOSEN.some((one) => one === name) && JSON.stringify(understood[name]) === JSON.stringify(given[name]);
  const change = Object.fromEntries(names.filter(isTaken).map((name) => [name, understood[name]]));
  return { change, refused: names.filter((name) => !isTaken(name)) };
}

/** What was chosen, as it is when nothing has been. */
export const chosenDefaults = (): Partial<Settings> => Object.fromEntries(CHOSEN.map((name) => [name, DEFAULTS[name]]));

function parsed(text: string): Record<string, unknown> | null {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? (content as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
