/** What the server's flags say of how far a text can be believed. */
import type { Flag } from "../shared/wire";

const has = (flags: readonly Flag[], code: string): boolean => flags.some((flag) => flag.code === code);

/** So unsure that the original stands in its place. */
export const isUntranslated = (flags: readonly Flag[]): boolean => has(flags, "untranslated");

export const isUnsure = (flags: readonly Flag[]): boolean => has(flags, "unsure") || isUntranslated(flags);
