import { render } from "preact";
import { act } from "preact/test-utils";
import { Options } from "../../../../extension/entrypoints/options/Options";
import type { Connection, OptionsToBackground, OptionsView } from "../../../../extension/shared/messages";
import { DEFAULTS } from "../../../../extension/shared/settings";
import { STATUS } from "../../server";

/** The background, of which the test says what it answers. */
const background = vi.hoisted(() => ({
  answer: (_message: { type: string }): unknown => null,
  heard: [] as unknown[],
}));
vi.mock("../../../../extension/background-client/options", () => ({
  askBackground: (message: OptionsToBackground) => {
    background.heard.push(message);
    return Promise.resolve(background.answer(message));
  },
}));

const WELL: Connection = { status: STATUS, failure: null };

async function open(view: Partial<OptionsView>, connection: Connection = WELL) {
  let shown: OptionsView = { settings: { ...DEFAULTS, language: "en" }, paired: false, ...view };
  background.heard = [];
  background.answer = ({ type }) => {
    if (type === "options-to-background/check") return connection;
    if (type === "options-to-background/pair") return connection;
    if (type === "options-to-background/terms") return { terms: [], failure: null };
    if (type === "options-to-background/models") return { settings: null, failure: null };
    return shown;
  };
  const root = document.createElement("div");
  await act(() => render(<Options />, root));
  const heardOf = (type: OptionsToBackground["type"]) =>
    background.heard.filter((message) => (message as OptionsToBackground).type === type);
  const fill = async (selector: string, value: string): Promise<void> => {
    const field = root.querySelector<HTMLInputElement>(selector)!;
    field.value = value;
    await act(() => void field.dispatchEvent(new Event("input", { bubbles: true })));
    await act(() => void field.dispatchEvent(new Event("change", { bubbles: true })));
  };
  return { root, heardOf, fill, show: (next: OptionsView) => (shown = next) };
}

test("unpaired, the page asks for a code, names the command that shows one, and pairs with it", async () => {
  const program = "~/gloss/.venv/bin/arxiv-gloss";
  const page = await open({ settings: { ...DEFAULTS, language: "en", program } });
  expect(page.root.querySelector("form code")?.textContent).toBe(`${program} pair`);
  await page.fill("input[name=code]", "1234 5678");
  page.show({ settings: DEFAULTS, paired: true });
  await act(async () => {
    page.root.querySelector<HTMLFormElement>("form")!.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(page.heardOf("options-to-background/pair")).toEqual([
    { type: "options-to-background/pair", code: "1234 5678" },
  ]);
  expect(page.root.querySelector("input[name=code]")).toBeNull();
});

test.each([
  ["server_down", "arxiv-gloss start"],
  ["extension_too_old", "arxiv-gloss start"],
])("%s is said with the command against it", async (code, command) => {
  const page = await open({ paired: true }, { status: null, failure: { code, message: "" } });
  expect(page.root.querySelector(".doctor .ill code")?.textContent).toBe(command);
});

test("an address elsewhere is refused where it is typed, and one on this machine is kept", async () => {
  const page = await open({ paired: true });
  await page.fill("input[type=text]", "http://example.org");
  expect(page.root.querySelector("input[aria-invalid=true]")).not.toBeNull();
  expect(page.heardOf("options-to-background/change")).toEqual([]);
  await page.fill("input[type=text]", "9000");
  expect(page.heardOf("options-to-background/change")).toEqual([
    { type: "options-to-background/change", change: { address: "http://127.0.0.1:9000" } },
  ]);
});

test("the server's languages are offered, and the chosen one though it is not among them", async () => {
  const settings = { ...DEFAULTS, language: "en" as const, target: "de" };
  const page = await open({ paired: true, settings }, { status: { ...STATUS, targets: ["zh", "fr"] }, failure: null });
  const offered = [...page.root.querySelectorAll("select")[0]!.options].map((option) => option.value);
  expect(offered).toEqual(["zh", "fr", "de"]);
});
