/** The reading place: what is being read stays where it is on the screen, whatever changes above it or beside it. */

/** Elements that say the same, of which the first that is shown tells the place. */
export type Places = readonly (readonly Element[])[];

/** Change the page, and scroll by as much as the change has moved what is being read. */
export function keepPlace(view: Window, places: Places, change: () => void): void {
  const anchor = readAt(view, places);
  change();
  const after = anchor && shownRectangle(anchor.elements);
  if (!after) return;
  const moved = after.top - anchor.top;
  if (Math.abs(moved) >= 0.5) view.scrollBy({ top: moved, behavior: "instant" });
}

function shownRectangle(elements: readonly Element[]): DOMRect | null {
  for (const element of elements) {
    const rectangle = element.getBoundingClientRect();
    if (rectangle.height > 0) return rectangle;
  }
  return null;
}

/** The topmost place in sight: what is read next stands below it, and nothing that is in sight leaves it upwards. */
function readAt(view: Window, places: Places): { elements: readonly Element[]; top: number } | null {
  let best: { elements: readonly Element[]; top: number } | null = null;
  for (const elements of places) {
    const rectangle = shownRectangle(elements);
    if (!rectangle || rectangle.bottom <= 0 || rectangle.top >= view.innerHeight) continue;
    const { top } = rectangle;
    if (!best || top < best.top) best = { elements, top };
  }
  return best;
}
