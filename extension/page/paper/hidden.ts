/** What a page holds and shows to nobody; the server leaves the same out (papers/markup.py). */

const HIDDEN =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0*\s*(?:;|$|!)|font-size\s*:\s*(?:0|[0-2](?:\.\d+)?(?:px|pt)|0?\.[0-2]\d*r?em))/i;
const WHITE = /(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?(?![0-9a-f])|white|transparent)/i;

export function isHidden(element: Element): boolean {
  const style = element.getAttribute("style") ?? "";
  return element.hasAttribute("hidden") || HIDDEN.test(style) || (!style.includes("background") && WHITE.test(style));
}
