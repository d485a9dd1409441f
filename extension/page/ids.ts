/** arXiv's ids, as its own script/sync_prod_to_gcp/identifier.py reads them; the version may be missing. */
const NEW_ID = /\d{4}\.\d{4,5}(v\d+)?/;
const OLD_ID = /[a-z]+(-[a-z]{2,})?(\.[a-zA-Z-]{2,})?\/\d{7}(v\d+)?/;
const ANY_ID = new RegExp(`(${NEW_ID.source}|${OLD_ID.source})`);

/** The first paper id in a text such as `arXiv:2101.10016v8 [math.QA]` or `/abs/hep-th/9901001`. */
export function findPaperId(text: string): string | null {
  return ANY_ID.exec(text)?.[1] ?? null;
}

export function hasVersion(id: string): boolean {
  return /v\d+$/.test(id);
}
