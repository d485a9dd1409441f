/** What a tab shows, as its address tells. */
import { ARXIV_ORIGINS } from "./origins";
import { readPaperId } from "./paper-id";

export interface ShownPage {
  host: string;
  kind: "abstract" | "html" | "pdf" | "list" | "other";
  /** Of a paper. */
  id: string | null;
}

const KINDS: Record<string, ShownPage["kind"]> = {
  abs: "abstract",
  html: "html",
  pdf: "pdf",
  list: "list",
  catchup: "list",
  a: "list",
  search: "list",
};

/** A page of arXiv; null for all others. */
export function shownPage(address: string | undefined): ShownPage | null {
  if (!address || !URL.canParse(address)) return null;
  const { origin, host, pathname } = new URL(address);
  if (!ARXIV_ORIGINS.some((known) => known === origin)) return null;
  const kind = KINDS[pathname.split("/")[1] ?? ""] ?? "other";
  const id = readPaperId(`https://arxiv.org${pathname}`);
  return kind === "list" || id !== null ? { host, kind, id } : { host, kind: "other", id: null };
}
