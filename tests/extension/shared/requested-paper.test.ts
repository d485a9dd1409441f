import { requestedPaperFrom } from "../../../extension/shared/requested-paper";

test.each([
  ["https://arxiv.org/pdf/1706.03762v7", "1706.03762v7", 3],
  ["https://arxiv.org/pdf/1706.03762.pdf#page=2", "1706.03762", 3],
  ["https://www.arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001v2", null],
])("%s is a paper on arXiv", (address, id, tab) => {
  expect(requestedPaperFrom(address, 3, 1)).toEqual({
    id,
    address: null,
    tab,
    html: false,
    at: 1,
  });
});

test("an HTML paper is read in its tab, and a link to one is asked for as a PDF", () => {
  const wanted = { id: "2401.01234v1", address: null, at: 1 };
  const address = "https://arxiv.org/html/2401.01234v1#S2";
  expect(requestedPaperFrom(address, 3, 1)).toEqual({
    ...wanted,
    tab: 3,
    html: true,
  });
  expect(requestedPaperFrom(address, null, 1)).toEqual({
    ...wanted,
    tab: null,
    html: false,
  });
});

test("a PDF elsewhere is known by its address", () => {
  const address = "https://openreview.net/pdf?id=1";
  expect(requestedPaperFrom(address, 3, 1)).toEqual({
    id: null,
    address,
    tab: 3,
    html: false,
    at: 1,
  });
});

test.each([
  undefined,
  "",
  "https://arxiv.org/list/cs.CL/new",
  "http://example.org/a.pdf",
  "file:///home/a.pdf",
  "about:blank",
])("%s is nothing that can be read", (address) => expect(requestedPaperFrom(address, 3, 1)).toBeNull());
