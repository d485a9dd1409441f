import { browser } from "wxt/browser";
import { hasFormula, typesetterOf, type Temml, type Typeset } from "../../panel";

/** The typesetter, 200 kB that only pages with formulas need: loaded with the first formula. */
export class LazyTypesetter {
  typeset: Typeset | null = null;
  private isWanted = false;

  constructor(private readonly onLoaded: () => void) {}

  wantFor(...texts: (string | null)[]): void {
    if (this.isWanted || !texts.some((text) => text !== null && hasFormula(text))) return;
    this.isWanted = true;
    void loadTypesetter().then(
      (typeset) => {
        this.typeset = typeset;
        this.onLoaded();
      },
      () => undefined, // formulas stay TeX
    );
  }
}

async function loadTypesetter(): Promise<Typeset> {
  const url = browser.runtime.getURL("/temml.mjs");
  const module = (await import(/* @vite-ignore */ url)) as { default: Temml };
  return typesetterOf(module.default);
}
