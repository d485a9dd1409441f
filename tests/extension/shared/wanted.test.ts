import { wantedFrom } from "../../../extension/shared/wanted";

test.each([
  ["https://arxiv.org/pdf/1706.03762v7", "1706.03762v7", 3],
  ["https://arxiv.org/pdf/1706.03762.pdf#page=2", "1706.03762", 3],
  ["https://www.arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001v2", null],
  ["https://arxiv.org/html/2401.01234", "2401.01234", null],
])("%s is a paper on arXiv", (address, id, tab) => {
  expect(wantedFrom(address, 3, 1)).toEqual({ id, address: null, tab, at: 1 });
});

test("a PDF elsewhere is known by its address", () => {
  const address = "https://openreview.net/pdf?id=1";
  expect(wantedFrom(address, 3, 1)).toEqual({ id: null, address, tab: 3, at: 1 });
});

test.each([
  undefined,
  "",
  "https://arxiv.org/list/cs.CL/new",
  "http://example.org/a.pdf",
  "file:///home/a.pdf",
  "about:blank",
])("%s is nothing that can be read", (address) => expect(wantedFrom(address, 3, 1)).toBeNull());
