import { render } from "preact";
import { act } from "preact/test-utils";
import { FrameContext, initialState, reduce, type PanelState } from "../../../extension/panel";
import { Takeaways } from "../../../extension/panel/Takeaways";
import { en } from "../../../extension/shared/words/en";
import type { Event as GlossEvent, Takeaway } from "../../../extension/shared/wire";

const PAPER = { id: null, title: null, abstract: "One. Two. Three." };

const takeaway = (index: number, change: Partial<Takeaway> = {}): Takeaway => ({
  event: "takeaway",
  index,
  label: null,
  text: `要点${index}`,
  evidence: [index],
  score: 0.9,
  flags: [],
  withheld: false,
  confidence: null,
  origin: "",
  ...change,
});

function mount(takeaways: readonly Takeaway[], targetLang = "zh-CN") {
  const root = document.createElement("div");
  const events: GlossEvent[] = [...takeaways];
  const state = events.reduce<PanelState>(
    (before, event) => reduce(before, { type: "wire", event }),
    initialState(PAPER),
  );
  const frame = { state, dispatch: vi.fn(), words: en, program: "arxiv-gloss", targetLang, typeset: null };
  void act(() =>
    render(
      <FrameContext.Provider value={frame}>
        <Takeaways />
      </FrameContext.Provider>,
      root,
    ),
  );
  const texts = (selector: string): (string | null)[] =>
    [...root.querySelectorAll(selector)].map((element) => element.textContent);
  return { root, texts, dispatch: frame.dispatch };
}

test("without takeaways there is no heading either", () => {
  expect(mount([]).root.textContent).toBe("");
});

test("labelled ones stand first, with the label in the gloss's language", () => {
  const { texts } = mount([takeaway(1, { label: "result" }), takeaway(0)]);
  expect(texts(".takeaways li .sentence")).toEqual(["要点1", "要点0"]);
  expect(texts(".label")).toEqual(["结果"]);
});

test("where all are held back, only that is said", () => {
  const { root, texts } = mount([takeaway(0, { withheld: true })]);
  expect(texts(".takeaways li")).toEqual([]);
  void act(() => root.querySelector<HTMLElement>(".withheld button")!.click());
  expect(texts(".unsupported .sentence")).toEqual(["要点0"]);
});

test("a language that is read from the right has its lines begin there", () => {
  const { root } = mount([takeaway(0)], "ar");
  expect(root.querySelector(".takeaways li > div")?.getAttribute("dir")).toBe("rtl");
  expect(root.querySelector(".sentence")?.getAttribute("lang")).toBe("ar");
});

test("a click pins, and pointing highlights, the sentences that it was made from", () => {
  const { root, dispatch } = mount([takeaway(0, { evidence: [1, 2] })]);
  const highlight = { key: "takeaway-0", segments: [1, 2] };
  const sentence = root.querySelector<HTMLElement>(".sentence")!;
  sentence.dispatchEvent(new Event("pointerenter"));
  expect(dispatch).toHaveBeenLastCalledWith({ type: "point", highlight });
  sentence.click();
  expect(dispatch).toHaveBeenLastCalledWith({ type: "pin", highlight });
});
