import { expect, it } from "vitest";
import { gap, languageName, side, tongue } from "../../../extension/shared/language";

it("says from which side a language is read", () => {
  expect(tongue("ar")).toEqual({ lang: "ar", dir: "rtl" });
  expect(tongue("he")).toEqual({ lang: "he", dir: "rtl" });
  expect(tongue("zh-TW")).toEqual({ lang: "zh-TW" });
  expect([side("fa"), side("de")]).toEqual(["rtl", undefined]);
});

it("parts sentences as the language does", () => {
  expect([gap("zh"), gap("zh-TW"), gap("ja"), gap("de")]).toEqual(["", "", "", " "]);
});

it("names a language in the reader's own, and shows the code where it has no name", () => {
  expect(languageName("de", "en")).toBe("German");
  expect(languageName("de", "zh")).toBe("德语");
  expect(languageName("not a code", "en")).toBe("not a code");
});
