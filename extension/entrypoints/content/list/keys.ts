import type { Keys } from "../../../shared/settings";

/** What a key means on a list; null for keys that are held with others, and for all that mean nothing. */
export function keyNameOf(event: KeyboardEvent, keys: Keys): keyof Keys | null {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  const found = Object.entries(keys).find(([, key]) => key !== "" && key === event.key);
  const name = (found?.[0] as keyof Keys | undefined) ?? null;
  // A key that is held down moves on and does nothing else.
  return event.repeat && name !== "next" && name !== "previous" ? null : name;
}

const TAKES_KEYS = 'input, textarea, select, iframe, object, embed, [role="textbox"], [role="combobox"], [role="menu"]';

/**
 * Whether the key is somebody else's: it goes into a field, also one inside of a shadow root; another extension has
 * dealt with it; or the focus is in another extension's part of the page, which may be a closed root.
 */
export function isOthers(event: KeyboardEvent): boolean {
  return event.defaultPrevented || event.composedPath().some(takesKeys) || isForeign(document.activeElement);
}

const takesKeys = (place: EventTarget): boolean =>
  place instanceof HTMLElement && (place.isContentEditable || place.matches(TAKES_KEYS));

const FOCUSABLE = "a, area, button, summary, dialog, [tabindex]";

/**
 * What has the focus and is neither the page's to focus nor of ours is the host of another extension's shadow root, which
 * may be closed.
 */
function isForeign(focused: Element | null): boolean {
  if (focused === null || focused === document.body || focused === document.documentElement) return false;
  if (takesKeys(focused) || !document.body.contains(focused)) return true;
  return !focused.matches(FOCUSABLE) && !focused.className.startsWith("arxiv-gloss");
}
