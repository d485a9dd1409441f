/** What is done differently in each browser. */

export type BrowserName = "Chrome" | "Edge" | "Firefox";

export interface BrowserSteps {
  name: BrowserName;
  /** The page on which extensions are loaded; browsers let no page link to it. */
  address: string;
  /** The folder's name in the server's answer. */
  folder: "chrome" | "firefox";
}

const STEPS: Record<BrowserName, BrowserSteps> = {
  Chrome: { name: "Chrome", address: "chrome://extensions", folder: "chrome" },
  Edge: { name: "Edge", address: "edge://extensions", folder: "chrome" },
  Firefox: { name: "Firefox", address: "about:debugging#/runtime/this-firefox", folder: "firefox" },
};

/** The steps in the browser that calls itself so; every one that is not Firefox or Edge does as Chrome. */
export function stepsFor(userAgent: string): BrowserSteps {
  if (userAgent.includes("Firefox/")) return STEPS.Firefox;
  return userAgent.includes("Edg/") ? STEPS.Edge : STEPS.Chrome;
}

/** What is chosen in the file dialog: a folder, or in Firefox a file in it. */
export function chosenPath(steps: BrowserSteps, folder: string): string {
  const separator = folder.includes("\\") ? "\\" : "/";
  return steps.folder === "firefox" ? `${folder}${separator}manifest.json` : folder;
}
