/** What the page keeps in this browser: the token, and nothing about papers. */
import { settingsFrom, type Settings } from "../shared/settings";

const TOKEN = "arxiv-gloss-token";
const SETTINGS = "arxiv-gloss-settings";

export const readToken = (): string | null => localStorage.getItem(TOKEN);

export function writeToken(token: string | null): void {
  if (token === null) localStorage.removeItem(TOKEN);
  else localStorage.setItem(TOKEN, token);
}

export function readSettings(): Settings {
  try {
    return settingsFrom(JSON.parse(localStorage.getItem(SETTINGS) ?? "null"));
  } catch {
    return settingsFrom(null);
  }
}

export function writeSettings(settings: Settings): void {
  localStorage.setItem(SETTINGS, JSON.stringify(settings));
}
