import type { Rule } from "eslint";

export const ROOMS: Record<string, readonly string[]>;
export function reasonAgainst(file: string, source: string): string | null;
export const rule: Rule.RuleModule;
