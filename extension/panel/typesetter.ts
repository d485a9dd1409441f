import type { Typeset } from "./types";

/** The part of Temml that is used; it is given, because how it is loaded differs from page to page. */
export interface Temml {
  render: (tex: string, into: HTMLElement, options: object) => void;
}

/**
 * MathML by Temml. `trust` false: no links, no classes, no styles from TeX. Errors are thrown, so that the TeX itself
 * is shown instead.
 */
export function typesetterOf(temml: Temml): Typeset {
  return (tex, into, display) =>
    temml.render(display ? `\\displaystyle ${tex}` : tex, into, {
      displayMode: false,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: 500,
      maxSize: [20, 1000],
    });
}
