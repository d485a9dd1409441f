/** The reading place: what is being read stays where it is on the screen, whatever changes above it or beside it. */

/** How far down the window reading is taken to be. */
const READING = 0.3;

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

/** Of the places that are in sight, the one at which reading is taken to be. */
function readAt(view: Window, places: Places): { elements: readonly Element[]; top: number } | null {
  const line = view.innerHeight * READING;
  let best: { elements: readonly Element[]; top: number; distance: number } | null = null;
  for (const elements of places) {
    const rectangle = shownRectangle(elements);
    if (!rectangle || rectangle.bottom <= 0 || rectangle.top >= view.innerHeight) continue;
    const { top, bottom } = rectangle;
    const distance = top > line ? top - line : Math.max(0, line - bottom);
    if (!best || distance < best.distance) best = { elements, top, distance };
  }
  return best;
}
