import { isArxivPage, isOwnPage } from "../../../../extension/entrypoints/background/senders";

const OWN = "oddolgffodldnhmehphkodbidonlilbf";
const PAGE = {
  id: OWN,
  tab: {},
  frameId: 0,
  url: "https://arxiv.org/abs/2501.99901",
};
const OPTIONS = `chrome-extension://${OWN}/options.html`;

test.each(["https://arxiv.org/abs/1", "https://www.arxiv.org/abs/1", "https://export.arxiv.org/abs/1"])(
  "our script on %s is heard",
  (url) => expect(isArxivPage({ ...PAGE, url }, OWN)).toBe(true),
);

test.each([
  ["another extension", { ...PAGE, id: "abcdefghijklmnopabcdefghijklmnop" }],
  ["no id", { ...PAGE, id: undefined }],
  ["an inner frame", { ...PAGE, frameId: 3 }],
  ["no tab", { ...PAGE, tab: undefined }],
  ["another site", { ...PAGE, url: "https://example.org/abs/1" }],
  ["arXiv's name as a prefix", { ...PAGE, url: "https://arxiv.org.example.org/abs/1" }],
  ["arXiv's name as a suffix", { ...PAGE, url: "https://notarxiv.org/abs/1" }],
  ["arXiv's name as a user", { ...PAGE, url: "https://arxiv.org@example.org/" }],
  ["plain http", { ...PAGE, url: "http://arxiv.org/abs/1" }],
  ["another port", { ...PAGE, url: "https://arxiv.org:8443/abs/1" }],
  ["no address", { ...PAGE, url: undefined }],
])("%s is not", (_name, sender) => expect(isArxivPage(sender, OWN)).toBe(false));

test("only the options page may change options", () => {
  expect(isOwnPage({ id: OWN, url: OPTIONS }, OWN, OPTIONS)).toBe(true);
  expect(isOwnPage(PAGE, OWN, OPTIONS)).toBe(false);
  expect(isOwnPage({ id: OWN, url: `${OPTIONS}.evil.html` }, OWN, OPTIONS)).toBe(false);
  expect(isOwnPage({ id: "other", url: OPTIONS }, OWN, OPTIONS)).toBe(false);
});
