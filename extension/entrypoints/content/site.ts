/** A site where the reader wants no glosses: its pages are as arXiv made them, and nothing is asked. */
import type { PageSettings } from "../../shared/settings";

/** On the page's root while nothing of ours is shown; page.css hides what is there. */
const OFF = "arxiv-gloss-off";

export const isOffHere = ({ sitesOff }: PageSettings): boolean => sitesOff.includes(location.host);

/** What this page makes of the settings. */
export function settingsHere(settings: PageSettings): PageSettings {
  const isOff = isOffHere(settings);
  document.documentElement.classList.toggle(OFF, isOff);
  return isOff ? { ...settings, automatic: false, collapsed: true } : settings;
}
