/** Names of the authors, each of which arXiv makes a link to a search for others by them. */
export function authorsOf(place: Element | null): string[] {
  const links = place?.querySelectorAll('a[href*="searchtype=author"], a[href*="/a/"]') ?? [];
  return [...links].map((link) => link.textContent.replace(/\s+/g, " ").trim()).filter((name) => name !== "");
}
