import { expect, test } from "vitest";
import { namedCategories, taggedCategories } from "../../../extension/page/categories";

function element(html: string): Element {
  const body = document.createElement("div");
  body.innerHTML = html;
  return body;
}

test("subjects name their categories in brackets, the primary one first", () => {
  const subjects = element(
    "<span>High Energy Physics - Theory (hep-th)</span>; Algebraic Geometry (math.AG); Disordered (cond-mat.dis-nn)",
  );
  expect(namedCategories(subjects)).toEqual(["hep-th", "math.AG", "cond-mat.dis-nn"]);
});

test("a page without subjects names none", () => {
  expect(namedCategories(null)).toEqual([]);
  expect(namedCategories(element("Subjects: (to be announced)"))).toEqual([]);
});

test("the tags of a search result are categories, a DOI among them is not", () => {
  const tags = element("<span>cs.CL</span><span> quant-ph </span><span>10.1000/xyz</span>").querySelectorAll("span");
  expect(taggedCategories(tags)).toEqual(["cs.CL", "quant-ph"]);
});
