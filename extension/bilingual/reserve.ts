/** Room for a translation before it is there, so that nothing below moves when it comes. */

/** Han characters of a translation for each letter of an English text, in widths of the font (measured on abstracts). */
const EM_PER_LETTER = 0.36;
/** Width of an English letter. */
const EM_OF_LETTER = 0.46;
/** More than the estimate: what is too high is given back out of sight, what is too low would move the text below. */
const SLACK = 1.08;

/** Height in pixels of the translation of a text that is `height` high, `width` wide, in lines of `lineHeight`. */
export function estimatedHeight(
  text: string,
  { height, width, fontSize, lineHeight }: { height: number; width: number; fontSize: number; lineHeight: number },
): number {
  if (height === 0 || width === 0) return 0;
  const prose = text.replace(/\$[^$]*\$/g, "").length * fontSize;
  const apart = Math.max(0, (height / lineHeight) * width - prose * EM_OF_LETTER - width / 2);
  const lines = Math.ceil(((prose * EM_PER_LETTER + apart) * SLACK) / width);
  return Math.max(1, lines) * lineHeight;
}
