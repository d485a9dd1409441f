import { listPage } from "../../../extension/page";
import { fixturePage } from "../fixtures";

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

test("what is put under an entry stands inside of it, and nothing of arXiv's moves", () => {
  const document = fixturePage("list_cs.CL_new.html");
  const { entries, place } = listPage(document)!;
  const host = document.createElement("div");
  entries[1]!.place(host);
  expect(host.parentElement?.className).toBe("meta");
  expect(host.nextElementSibling).toBeNull();
  const bar = document.createElement("div");
  place(bar);
  expect(bar.nextElementSibling?.id).toBe("articles");
});

test("an abstract page is no list", () => expect(listPage(fixturePage("abs_2501.99901.html"))).toBeNull());
