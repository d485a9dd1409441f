import { ARXIV_ORIGINS } from "../../shared/origins";

/** What a browser says about who speaks; a page can forge none of it. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: unknown;
}

/** Our own content script, in the top frame of an arXiv page. */
export function isArxivPage(sender: Sender | undefined, ownId: string): boolean {
  if (!sender || sender.id !== ownId || !sender.tab || sender.frameId !== 0) return false;
  return sender.url !== undefined && URL.canParse(sender.url) && isArxivOrigin(new URL(sender.url).origin);
}

/** The page of the extension at `url`, say its options; no other page and no content script is taken for it. */
export function isOwnPage(sender: Sender | undefined, ownId: string, url: string): boolean {
  if (!sender || sender.id !== ownId || sender.url === undefined) return false;
  return sender.url === url || sender.url.startsWith(`${url}?`) || sender.url.startsWith(`${url}#`);
}

function isArxivOrigin(origin: string): boolean {
  return ARXIV_ORIGINS.some((known) => known === origin);
}
