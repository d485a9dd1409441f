/** What lies behind the text of a page: for what is woven into it. */

/** Whether the page is light or dark: by the first colour that is painted behind its text. */
export function groundOf(document: Document): "light" | "dark" {
  for (const element of [document.body, document.documentElement]) {
    const numbers = /rgba?\(([^)]*)\)/.exec(getComputedStyle(element).backgroundColor)?.[1]?.split(",").map(Number);
    if (!numbers || numbers[3] === 0) continue;
    const [red = 255, green = 255, blue = 255] = numbers;
    // Weights of the eye for the three colours, as ITU-R BT.601 has them.
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128 ? "dark" : "light";
  }
  return "light";
}
