/** Find the formulas in a text, and make the TeX around them readable. */

export interface Stretch {
  formula: boolean;
  text: string;
  /** Meant for a line of its own; panels are narrow, so it only says `\displaystyle`. */
  display: boolean;
}

// An escaped character, or a formula between one of TeX's pairs of delimiters; an unpaired dollar is a dollar.
const FORMULA = /\\[^()[\]]|\$\$([^$]+)\$\$|\$((?:\\.|[^$\\])+)\$|\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]/g;

export function splitFormulas(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  const pushText = (to: number): void => {
    if (to > from) stretches.push({ formula: false, text: readable(text.slice(from, to)), display: false });
  };
  for (const match of text.matchAll(FORMULA)) {
    const tex = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (tex === undefined) continue;
    pushText(match.index);
    stretches.push({ formula: true, text: tex.trim(), display: (match[1] ?? match[4]) !== undefined });
    from = match.index + match[0].length;
  }
  pushText(text.length);
  return stretches;
}

export function hasFormula(text: string): boolean {
  return splitFormulas(text).some((stretch) => stretch.formula);
}

const MARKS: readonly [RegExp, string][] = [
  [/\\([%&_#$])/g, "$1"],
  [/\\ /g, " "],
  [/(\S)~(?=\S)/g, "$1\u00a0"],
  [/``/g, "“"],
  [/''/g, "”"],
  [/(?<!-)---(?!-)/g, "—"],
  [/(?<!-)--(?!-)/g, "–"],
];

/** TeX's ways of writing common marks, as the marks themselves. */
function readable(text: string): string {
  return MARKS.reduce((readableSoFar, [tex, mark]) => readableSoFar.replace(tex, mark), text);
}
