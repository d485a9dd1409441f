import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Failure } from "../../../../extension/shared/failure";

const failure = (code: string): Failure => ({ code, message: "Something." });

async function button() {
  fakeBrowser.reset();
  const shown = { text: "", title: "" };
  const action = {
    setBadgeBackgroundColor: vi.fn(),
    setBadgeText: ({ text }: { text: string }) => void (shown.text = text),
    setTitle: ({ title }: { title: string }) => void (shown.title = title),
  };
  vi.stubGlobal("chrome", { ...fakeBrowser, action, i18n: { getUILanguage: () => "en-GB" } });
  vi.resetModules();
  return { shown, ...(await import("../../../../extension/entrypoints/background/badge")) };
}

afterEach(() => vi.unstubAllGlobals());

test("a server that is not there is told on the button with the command that starts it, until it answers", async () => {
  const { shown, showOnButton } = await button();
  await showOnButton(failure("server_down"));
  expect(shown.text).toBe("!");
  expect(shown.title).toContain("arxiv-gloss start");
  await showOnButton(failure("not_english"));
  expect(shown.text).toBe("!");
  await showOnButton(null);
  expect(shown).toEqual({ text: "", title: "" });
});

test("what is wrong with one page is not told on the button", async () => {
  const { shown, showOnButton } = await button();
  await showOnButton(failure("not_english"));
  expect(shown.text).toBe("");
});
