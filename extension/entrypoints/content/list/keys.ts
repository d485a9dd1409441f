import type { Keys } from "../../../shared/settings";

/** What a key means on a list; null for keys that are held with others, and for all that mean nothing. */
export function keyNameOf(event: KeyboardEvent, keys: Keys): keyof Keys | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const found = Object.entries(keys).find(([, key]) => key === event.key);
  return (found?.[0] as keyof Keys | undefined) ?? null;
}

/** Whether the key goes into a field, also one inside of a shadow root. */
export function isTyping(event: KeyboardEvent): boolean {
  return event
    .composedPath()
    .some(
      (place) => place instanceof HTMLElement && (place.isContentEditable || place.matches("input, textarea, select")),
    );
}
