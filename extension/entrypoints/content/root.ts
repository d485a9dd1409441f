import type { PaperPage, Placement } from "../../page";
import panelStyle from "../../panel/panel.css?inline";

/** An element on the page, with a shadow root so that arXiv's styles and the panel's leave each other alone. */
export function createRoot(page: PaperPage): { container: HTMLElement; placement: Placement } {
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = panelStyle;
  const container = document.createElement("div");
  shadow.append(style, container);
  return { container, placement: page.place(host) };
}
