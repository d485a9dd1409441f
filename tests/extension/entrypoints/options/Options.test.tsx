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

test("that the server's files were damaged is said with the copies", async () => {
  const copy = "/data/state.db.damaged-1";
  const page = await open({ paired: true }, { status: { ...STATUS, damaged: [copy] }, failure: null });
  expect(page.root.querySelector(".doctor .wrong code")?.textContent).toBe(copy);
  expect(page.root.querySelector(".doctor .well")).not.toBeNull();
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

test("a pairing that the server refuses counts as none: the field for a code is there", async () => {
  const page = await open(
    { paired: true },
    { status: null, failure: { code: "not_paired", message: "No valid token." } },
  );
  expect(page.root.querySelector("input[name=code]")).not.toBeNull();
  expect(page.root.textContent).toContain("no longer knows this browser");
  expect(page.root.textContent).not.toContain("Paired with this server");
  expect(page.heardOf("options-to-background/terms")).toHaveLength(1); // asked before the refusal was known
});

test("that the server does not run is said before a code is asked for, which it prints", async () => {
  const page = await open({ paired: false }, { status: null, failure: { code: "server_down", message: "" } });
  const ill = page.root.querySelector(".doctor .ill code")!;
  const code = page.root.querySelector("input[name=code]")!;
  expect(ill.compareDocumentPosition(code) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
});

test("a key that does something else already changes nothing, and says so", async () => {
  const page = await open({ paired: true });
  const { next, previous } = DEFAULTS.keys;
  const field = [...page.root.querySelectorAll<HTMLInputElement>("input.key")].find(({ value }) => value === previous)!;
  await act(() => {
    field.value = next;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await act(() => void field.dispatchEvent(new Event("change", { bubbles: true })));
  expect(page.root.textContent).toContain("something else already");
  expect(page.heardOf("options-to-background/change")).toEqual([]);
});

test("a site that is off is named, and is switched on again", async () => {
  const sitesOff = ["arxiv.org", "www.arxiv.org"];
  const page = await open({ paired: true, settings: { ...DEFAULTS, language: "en", sitesOff } });
  const [first] = [...page.root.querySelectorAll("button")].filter((one) => one.textContent.startsWith("Switch on"));
  await act(() => first!.click());
  expect(page.heardOf("options-to-background/change")).toEqual([
    { type: "options-to-background/change", change: { sitesOff: ["www.arxiv.org"] } },
  ]);
});

test("a reset is said, keeps the pairing, and is taken back", async () => {
  const settings = { ...DEFAULTS, language: "en" as const, target: "zh-TW", program: "p", revision: 7 };
  const page = await open({ paired: true, settings });
  const press = async (name: string) =>
    act(() => [...page.root.querySelectorAll("button")].find((one) => one.textContent === name)!.click());
  await press("Reset to defaults");
  await act(() => new Promise<void>((resolve) => setTimeout(resolve)));
  expect(page.root.textContent).toContain("as in the beginning");
  await press("Undo");
  const [reset, undone] = page.heardOf("options-to-background/change") as { change: object }[];
  expect(reset!.change).toMatchObject({ target: "zh", language: "auto" });
  expect(reset!.change).not.toHaveProperty("revision");
  expect(undone!.change).toMatchObject({ target: "zh-TW", language: "en" });
});
