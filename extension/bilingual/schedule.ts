/** Which parts of the paper are asked for next: those in sight, then those that follow, then those before. */

export type Progress = "waiting" | "asked" | "ready";

/** As many as are asked for at once when some of them are in sight, and when none is. */
const IN_SIGHT = 8;
const OUT_OF_SIGHT = 16;

/** Indexes of the parts to ask for, in the order in which they are wanted; none when there is nothing left. */
export function nextBatch(parts: readonly Progress[], inSight: ReadonlySet<number>): number[] {
  const waiting = [...parts.keys()].filter((index) => parts[index] === "waiting");
  const last = Math.max(-1, ...inSight);
  const seen = waiting.filter((index) => inSight.has(index));
  const after = waiting.filter((index) => index > last);
  const before = waiting.filter((index) => index < last && !inSight.has(index)).reverse();
  return [...seen, ...after, ...before].slice(0, seen.length > 0 ? Math.max(IN_SIGHT, seen.length) : OUT_OF_SIGHT);
}

/** Whether what is in sight now should not wait for what was asked before, of which `outstanding` comes next. */
export function shouldInterrupt(
  parts: readonly Progress[],
  inSight: ReadonlySet<number>,
  outstanding: number | undefined,
): boolean {
  if (outstanding === undefined || inSight.has(outstanding)) return false;
  return [...inSight].some((index) => parts[index] === "waiting");
}
