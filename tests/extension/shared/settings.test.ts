import { DEFAULTS, keysFrom, loopbackOrigin, settingsFrom } from "../../../extension/shared/settings";

test.each([
  ["http://127.0.0.1:8417", "http://127.0.0.1:8417"],
  ["127.0.0.1:9000", "http://127.0.0.1:9000"],
  ["localhost:8417/", "http://localhost:8417"],
  ["8500", "http://127.0.0.1:8500"],
])("%s is on this machine", (typed, origin) => expect(loopbackOrigin(typed)).toBe(origin));

test.each([
  "https://127.0.0.1:8417",
  "http://192.168.1.5:8417",
  "http://127.0.0.1.example.org",
  "http://localhost.example.org",
  "http://user:word@127.0.0.1:8417",
  "http://127.0.0.1:8417/path",
  "http://127.0.0.1:8417?x=1",
  "http://127.0.0.1@example.org",
  "file:///etc/passwd",
  "",
])("%s is not an address of a server here", (typed) => expect(loopbackOrigin(typed)).toBeNull());

test("what makes no sense is replaced by the default, the rest is kept", () => {
  expect(settingsFrom(undefined)).toEqual(DEFAULTS);
  const stored = {
    address: "http://example.org",
    theme: "pink",
    collapsed: true,
    target: "zh-TW",
    token: "secret",
  };
  expect(settingsFrom(stored)).toEqual({
    ...DEFAULTS,
    collapsed: true,
    target: "zh-TW",
  });
});

test("a key is one character or none, and no two commands share one", () => {
  expect(keysFrom({ next: "n", previous: "kk", open: 5, help: "" })).toEqual({ ...DEFAULTS.keys, next: "n", help: "" });
  expect(keysFrom({ next: "q", previous: "q" })).toMatchObject({ next: "q", previous: "", open: "o" });
});

test("what the reader chose goes before a default", () => {
  expect(keysFrom({ save: "j" })).toMatchObject({ next: "", save: "j" });
});
