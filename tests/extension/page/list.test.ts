import { listPage } from "../../../extension/page";
import { fixturePage, forever } from "../fixtures";

test("every entry of every section, each with its own title and abstract", () => {
  const { entries } = listPage(fixturePage("list_cs.CL_new.html"))!;
  expect(entries.map((entry) => entry.id)).toEqual(["2601.99901", "2601.99902", "2601.99903", "2512.99904"]);
  expect(entries[0]!.authors).toEqual(["Jane Doe"]);
  expect(entries[0]!.title).toBe("Counting Tokens in $O(n)$ Time");
  expect(entries[0]!.categories).toEqual(["cs.CL"]);
  expect(entries[1]!.abstract).toMatch(/^Large language models .* of the large one\.$/);
  expect(entries[3]!.abstract).toBeNull();
});

test("an address behind `this https URL` is told", () => {
  const { entries } = listPage(fixturePage("list_cs.CL_new.html"))!;
  expect(entries[0]!.abstract).toContain("The code is at https://example.org/count for everybody");
});

test("search results: the title is not where lists have it, and hits do not cut words", () => {
  const { entries } = listPage(fixturePage("search_tokens.html"))!;
  expect(entries.map(({ id, title, abstract }) => [id, title, abstract])).toEqual([
    [
      "2601.99901",
      "Counting Tokens in $O(n)$ Time",
      "Counting the tokens of long documents is slow. We propose a method that counts them in $O(n)$ time.",
    ],
    ["hep-th/9912998", "Tokens of Old", null],
  ]);
});

test("title under title, gist before the abstract, the opened gloss after it; nothing of arXiv's moves", () => {
  const document = fixturePage("list_cs.CL_new.html");
  const { entries, place } = listPage(document)!;
  const [title, gist, opened, bar] = ["title", "gist", "opened", "bar"].map((id) => {
    const host = document.createElement("div");
    host.id = id;
    return host;
  });
  entries[1]!.placeTitle(title!);
  entries[1]!.place(gist!);
  entries[1]!.placeOpened(opened!);
  const parts = [...gist!.parentElement!.children].map((part) => part.id || part.classList[0]);
  expect(parts).toEqual(["list-title", "title", "list-authors", "list-comments", "gist", "mathjax", "opened"]);
  place(bar!);
  expect(bar!.nextElementSibling?.id).toBe("articles");
});

test("an entry without an abstract has everything at its end", () => {
  const { entries } = listPage(fixturePage("list_cs.CL_new.html"))!;
  const host = entries[3]!.elements[0]!.ownerDocument.createElement("div");
  entries[3]!.place(host);
  expect(host.nextElementSibling).toBeNull();
  expect(entries[3]!.original(forever())).toBeNull();
});

test("a folded abstract can still be found by the browser's own search", () => {
  const { entries } = listPage(fixturePage("list_cs.CL_new.html"))!;
  const paragraph = entries[0]!.elements[1]!.querySelector("p.mathjax")!;
  const found = vi.fn();
  entries[0]!.watchFound(found, forever());
  entries[0]!.foldAbstract(true);
  expect(paragraph.getAttribute("hidden")).toBe("until-found");
  paragraph.dispatchEvent(new Event("beforematch"));
  expect(found).toHaveBeenCalledOnce();
  entries[0]!.foldAbstract(false);
  expect(paragraph.hasAttribute("hidden")).toBe(false);
});

test("a search result shows its whole abstract as long as it is opened", () => {
  const { entries } = listPage(fixturePage("search_tokens.html"))!;
  const end = new AbortController();
  entries[0]!.original(end.signal);
  const paragraph = entries[0]!.elements[0]!.querySelector("p.abstract")!;
  expect(paragraph.classList.contains("arxiv-gloss-whole")).toBe(true);
  end.abort();
  expect(paragraph.classList.contains("arxiv-gloss-whole")).toBe(false);
});

test("an abstract page is no list", () => expect(listPage(fixturePage("abs_2501.99901.html"))).toBeNull());
