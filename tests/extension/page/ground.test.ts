import { groundOf } from "../../../extension/page";

afterEach(() => {
  document.body.removeAttribute("style");
  document.documentElement.removeAttribute("style");
});

test.each([
  ["", "", "light"],
  ["#1c1d1f", "", "dark"],
  ["", "rgb(20, 20, 20)", "dark"],
  ["#fff", "#000", "light"],
])("a body of %j in a page of %j is %s", (body, page, ground) => {
  document.body.style.backgroundColor = body;
  document.documentElement.style.backgroundColor = page;
  expect(groundOf(document)).toBe(ground);
});
