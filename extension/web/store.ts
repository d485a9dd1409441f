/** What the page keeps in this browser: the token, and nothing about papers. */

const TOKEN = "arxiv-gloss-token";

export const readToken = (): string | null => localStorage.getItem(TOKEN);

export function writeToken(token: string | null): void {
  if (token === null) localStorage.removeItem(TOKEN);
  else localStorage.setItem(TOKEN, token);
}
