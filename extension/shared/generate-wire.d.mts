/** The text of shared/wire.ts, as wire.schema.json wants it. */
export function generate(): Promise<string>;
