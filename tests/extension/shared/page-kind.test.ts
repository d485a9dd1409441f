import { shownPage } from "../../../extension/shared/page-kind";

test.each([
  ["https://arxiv.org/abs/1706.03762v7", "abstract", "1706.03762v7"],
  ["https://www.arxiv.org/abs/hep-th/9901001", "abstract", "hep-th/9901001"],
  ["https://arxiv.org/pdf/1706.03762v7.pdf", "pdf", "1706.03762v7"],
  ["https://arxiv.org/html/2601.99901v1", "html", "2601.99901v1"],
  ["https://arxiv.org/list/cs.CL/new?skip=0", "list", null],
  ["https://arxiv.org/", "other", null],
  ["https://arxiv.org/abs/nonsense", "other", null],
])("%s is %s", (address, kind, id) => {
  expect(shownPage(address)).toEqual({ host: new URL(address).host, kind, id });
});

test.each([
  "https://arxiv.org.example.com/abs/1706.03762",
  "http://arxiv.org/abs/1706.03762",
  "about:blank",
  "",
  undefined,
])("%s is no page of arXiv", (address) => {
  expect(shownPage(address)).toBeNull();
});
