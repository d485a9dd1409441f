import { passes, wordsOfFilter } from "../../../../extension/panel";

test("all words must be there, in any order and any case; a quoted phrase is one", () => {
  expect(wordsOfFilter(' Black  "dark Matter" 黑洞')).toEqual(["black", "dark matter", "黑洞"]);
  expect(passes(["Dark matter", "and black holes"], ["holes", "dark"])).toBe(true);
  expect(passes(["Dark matter", "and black holes"], ["matter and"])).toBe(false);
  expect(passes(["anything"], [])).toBe(true);
});
