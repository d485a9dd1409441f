import { readPage } from "../../../extension/page";
import { fixturePage, forever } from "../fixtures";

const read = (file: string, path: string) =>
  readPage(fixturePage(file), new URL(`https://arxiv.org${path}`), forever());

test("an ordinary page gives its versioned id, though neither URL nor meta tag names the version", () => {
  const page = read("abs_2501.99901.html", "/abs/2501.99901");
  expect(page?.readPaper().id).toBe("2501.99901v1");
  expect(page?.readPaper().title).toMatch(/^LanternNet: Split Federated/);
  expect(page?.readPaper().abstract).toMatch(/^Split federated learning \(SFL\) promises[\s\S]*lanternnet \.$/);
  expect(page).toMatchObject({ withdrawn: null, latest: null });
});

test("an id of the old kind keeps its slash", () => {
  expect(read("abs_hep-th_9912999.html", "/abs/hep-th/9912999")?.readPaper().id).toBe("hep-th/9912999v1");
  expect(read("abs_hep-th_9912999.html", "/abs/hep-th/9912999")?.readPaper().categories).toEqual(["hep-th"]);
});

test("an older version says which one is the latest", () => {
  const page = read("abs_2502.99902v2.html", "/abs/2502.99902v2");
  expect(page?.readPaper().id).toBe("2502.99902v2");
  expect(page?.latest).toBe("2502.99902v3");
});

test("a withdrawn paper is said to be", () => {
  expect(read("abs_2404.99904_withdrawn.html", "/abs/2404.99904")?.withdrawn).toBe("this");
});

test("a withdrawn newer version is told from a withdrawn paper", () => {
  const document = fixturePage("abs_2404.99904_withdrawn.html");
  document.querySelector("#abs > span.error")!.textContent =
    "A newer version of this paper has been withdrawn by N. N.";
  expect(readPage(document, new URL("https://arxiv.org/abs/2404.99904v1"), forever())?.withdrawn).toBe("newer");
});

test("formulas come as TeX before and after MathJax has been there", () => {
  const before = read("abs_2502.99902v2.html", "/abs/2502.99902v2")?.readPaper();
  expect(before?.title).toContain("$SU(2)$");
  const document = fixturePage("abs_2503.99903_typeset.html");
  const withMeta = readPage(document, new URL("https://arxiv.org/abs/2503.99903"), forever())?.readPaper();
  document.querySelectorAll("meta[name^='citation_']").forEach((meta) => meta.remove());
  const withoutMeta = readPage(document, new URL("https://arxiv.org/abs/2503.99903"), forever())?.readPaper();
  expect(withoutMeta).toEqual(withMeta);
  expect(withoutMeta?.title).toBe("Counting lattice animals on $\\mathbb{Z}^3$ with a memory of $k$ steps");
});

test("without meta tags the page's own text is read, without its hidden descriptor", () => {
  const paper = read("abs_2506.99906_no-meta.html", "/abs/2506.99906")?.readPaper();
  expect(paper?.title).toBe("Étude of a faint halo around the dwarf galaxy Kirkwood 7");
  expect(paper?.abstract).toMatch(/^We report a stellar halo[\s\S]*\$r = 11\$ kpc[\s\S]*this https URL\.$/);
});

/** jsdom lays nothing out. */
class NoResizeObserver {
  observe(): void {}
}

test("with a second abstract on the page the panel goes under the real one", () => {
  const document = fixturePage("abs_2505.99905_labs.html");
  expect(document.querySelectorAll("blockquote.abstract")).toHaveLength(2);
  vi.stubGlobal("ResizeObserver", NoResizeObserver);
  const host = document.createElement("div");
  readPage(document, new URL("https://arxiv.org/abs/2505.99905"), forever())?.place(host);
  vi.unstubAllGlobals();
  expect(host.previousElementSibling?.matches("#abs > blockquote.abstract")).toBe(true);
});

test("where arXiv has changed its page, its meta tags are enough", () => {
  const document = fixturePage("abs_2501.99901.html");
  document.querySelector("#abs")!.remove();
  const page = readPage(document, new URL("https://arxiv.org/abs/2501.99901"), forever());
  expect(page?.readPaper().id).toBe("2501.99901");
  expect(page?.onlyMetadata).toBe(true);
  const host = document.createElement("div");
  page?.place(host);
  expect(document.querySelector("#content")!.lastElementChild).toBe(host);
});

test("a page without a paper has nothing to read", () => {
  const document = new DOMParser().parseFromString("<div id=content><h1>Not recognized</h1></div>", "text/html");
  expect(readPage(document, new URL("https://arxiv.org/abs/9999.99999"), forever())).toBeNull();
  expect(read("abs_2501.99901.html", "/list/cs/new")).toBeNull();
});
