/** Beside the abstract where both get at least 26em, else below it; entrypoints/content/page.css does the rest. */
import type { Placement } from "./types";

const MIN_EM = 26;
const HOST = "arxiv-gloss";
const BESIDE = "arxiv-gloss-beside";

export function placeBeside(
  host: HTMLElement,
  anchor: HTMLElement,
  isAbstract: boolean,
  signal: AbortSignal,
): Placement {
  host.classList.add(HOST);
  if (!isAbstract) {
    anchor.append(host);
    return { setOpen: () => undefined };
  }
  anchor.after(host);
  const column = anchor.parentElement!;
  let open = false;
  const arrange = (): void => {
    column.classList.toggle(BESIDE, open && hasRoomForTwo(column, anchor, host));
  };
  const observer = new ResizeObserver(arrange);
  observer.observe(column);
  signal.addEventListener("abort", () => observer.disconnect());
  return {
    setOpen(wanted) {
      open = wanted;
      arrange();
    },
  };
}

/** Whether abstract and panel each get MIN_EM of their own type, with the page's margins around and a gap between. */
function hasRoomForTwo(column: HTMLElement, abstract: HTMLElement, host: HTMLElement): boolean {
  const em = (element: HTMLElement): number => parseFloat(getComputedStyle(element).fontSize);
  const half = Math.max(em(abstract), em(host)) * MIN_EM;
  const margins = 4 * em(abstract) + 40;
  return column.clientWidth >= 2 * half + margins;
}
