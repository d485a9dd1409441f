import { DEFAULTS } from "../../../extension/shared/settings";
import { readSettingsFile, settingsFile } from "../../../extension/shared/settings-file";

const CHOSEN = { ...DEFAULTS, target: "zh-TW", theme: "dark" as const, sitesOff: ["www.arxiv.org"], revision: 9 };

test("a file brings back what was chosen, and nothing that belongs to one machine", () => {
  const read = readSettingsFile(settingsFile(CHOSEN))!;
  expect(read.refused).toEqual([]);
  expect({ ...DEFAULTS, ...read.change }).toEqual({ ...CHOSEN, revision: DEFAULTS.revision });
});

test("what makes no sense is named, and the rest is taken", () => {
  const text = JSON.stringify({
    "arxiv-gloss-settings": 1,
    theme: "pink",
    target: "de",
    token: "x",
    address: "http://a.b",
  });
  expect(readSettingsFile(text)).toEqual({ change: { target: "de" }, refused: ["theme", "token", "address"] });
});

test.each(["", "[]", "null", "{}", '{"theme": "dark"}'])("%j is no file of ours", (text) => {
  expect(readSettingsFile(text)).toBeNull();
});
