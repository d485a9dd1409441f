import { expect, it } from "vitest";
import { direction, languageName, sentenceGap, langAttributes } from "../../../extension/shared/language";

it("says from which side a language is read", () => {
  expect(langAttributes("ar")).toEqual({ lang: "ar", dir: "rtl" });
  expect(langAttributes("he")).toEqual({ lang: "he", dir: "rtl" });
  expect(langAttributes("zh-TW")).toEqual({ lang: "zh-TW" });
  expect([direction("fa"), direction("de")]).toEqual(["rtl", undefined]);
});

it("parts sentences as the language does", () => {
  expect([sentenceGap("zh"), sentenceGap("zh-TW"), sentenceGap("ja"), sentenceGap("de")]).toEqual(["", "", "", " "]);
});

it("names a language in the reader's own, and shows the code where it has no name", () => {
  expect(languageName("de", "en")).toBe("German");
  expect(languageName("de", "zh")).toBe("德语");
  expect(languageName("not a code", "en")).toBe("not a code");
});
