import type { PaperPage, Placement } from "../../page";
import listStyle from "../../panel/list/list.css?inline";
import panelStyle from "../../panel/panel.css?inline";

/** An element on the page, with a shadow root so that arXiv's styles and the panel's leave each other alone. */
export function createRoot(page: PaperPage): Root & { placement: Placement } {
  const { host, container } = rootWith(panelStyle, document.createElement("div"));
  return { host, container, placement: page.place(host) };
}

export interface Root {
  host: HTMLElement;
  container: HTMLElement;
}

/** An element for a part of a list, of the class by which the page's own style knows it. */
export function hostOf(name: string): HTMLElement {
  const host = document.createElement("div");
  host.className = name;
  return host;
}

export const rootIn = (host: HTMLElement): Root => rootWith(panelStyle + listStyle, host);

/** Both at once. */
export const hostWith = (name: string): Root => rootIn(hostOf(name));

/** A host whose root is made when it is first drawn into: a list has thousands. */
export class LazyRoot {
  readonly host: HTMLElement;
  private made: Root | null = null;

  constructor(name: string) {
    this.host = hostOf(name);
  }

  get isDrawn(): boolean {
    return this.made !== null;
  }

  get root(): Root {
    return (this.made ??= rootIn(this.host));
  }
}

function rootWith(css: string, host: HTMLElement): Root {
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = css;
  const container = document.createElement("div");
  shadow.append(style, container);
  return { host, container };
}
