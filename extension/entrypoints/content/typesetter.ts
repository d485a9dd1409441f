import { browser } from "wxt/browser";
import { typesetterOf, type Temml, type Typeset } from "../../panel";

/** 200 kB that only pages with formulas need. */
export async function loadTypesetter(): Promise<Typeset> {
  const url = browser.runtime.getURL("/temml.mjs");
  const module = (await import(/* @vite-ignore */ url)) as { default: Temml };
  return typesetterOf(module.default);
}
