import { readContentMessage } from "../../../../extension/entrypoints/background/content-message";
import { MAX_LISTED } from "../../../../extension/shared/messages";

const LISTED = { id: "2401.01234v2", title: "A title", abstract: null };

test.each([
  { type: "content-to-background/ping" },
  { type: "content-to-background/options" },
  { type: "content-to-background/saved" },
  { type: "content-to-background/saved-page" },
  { type: "content-to-background/triage", ids: ["2401.01234"] },
  { type: "content-to-background/triaged", changes: [{ id: "2401.01234", hidden: true }] },
  { type: "content-to-background/collapse", collapsed: true },
  { type: "content-to-background/pdf", id: "hep-th/9901001", html: true },
  { type: "content-to-background/gloss", paper: { id: null, title: null, abstract: "Text." } },
  { type: "content-to-background/list", papers: [LISTED], parts: ["title", "gist"] },
  { type: "content-to-background/save", paper: { ...LISTED, authors: ["Jane Doe"] }, keep: false },
])("$type is read as it is", (message) => expect(readContentMessage(message)).toEqual(message));

test("what is not known of a message goes no further", () => {
  const paper = { ...LISTED, authors: [], token: "x" };
  expect(readContentMessage({ type: "content-to-background/save", paper, keep: true, more: 1 })).toEqual({
    type: "content-to-background/save",
    paper: { ...LISTED, authors: [] },
    keep: true,
  });
});

test("an id is read from the address of its page", () => {
  const message = { type: "content-to-background/pdf", id: "https://arxiv.org/abs/2401.01234v2" };
  expect(readContentMessage(message)).toEqual({ ...message, id: "2401.01234v2", html: false });
});

test.each([
  null,
  "content-to-background/ping",
  {},
  { type: "options-to-background/unpair" },
  { type: "content-to-background/list", papers: [], parts: ["title"] },
  { type: "content-to-background/list", papers: Array(MAX_LISTED + 1).fill(LISTED), parts: ["title"] },
  { type: "content-to-background/list", papers: [LISTED, { ...LISTED, id: "../x" }], parts: ["title"] },
  { type: "content-to-background/list", papers: [LISTED], parts: ["everything"] },
  { type: "content-to-background/gloss", paper: { id: null, title: null, abstract: "x".repeat(100_001) } },
  { type: "content-to-background/save", paper: { ...LISTED, authors: [7] }, keep: true },
  { type: "content-to-background/pdf", id: "https://example.org/1.pdf" },
])("%j is no message of ours", (message) => expect(readContentMessage(message)).toBeNull());
