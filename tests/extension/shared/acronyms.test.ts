import { expansionsIn } from "../../../extension/shared/acronyms";

const PAPER =
  "We study neural machine translation (NMT) with Low-Rank Adaptation (LoRA) and two Convolutional Neural Networks " +
  "(CNNs; trained by us). The signal-to-noise ratio (SNR) is measured by gravitational waves detectors (see LIGO). " +
  "It was run in the United States (US).";

test.each([
  ["NMT is slow.", "NMT", "neural machine translation"],
  ["LoRA helps.", "LoRA", "Low-Rank Adaptation"],
  ["Our CNNs", "CNN", "Convolutional Neural Networks"],
  ["at high SNR", "SNR", "signal-to-noise ratio"],
])("%s", (text, short, long) => {
  expect(expansionsIn(text, PAPER)).toEqual([{ short, long }]);
});

test("each short form is explained once, in the order of the text", () => {
  expect(expansionsIn("SNR of NMT, and NMT again", PAPER).map(({ short }) => short)).toEqual(["SNR", "NMT"]);
});

test.each(["LIGO sees it.", "A word, and Another.", "GPT-4 is not spelled out."])(
  "nothing is made up for: %s",
  (text) => {
    expect(expansionsIn(text, PAPER)).toEqual([]);
  },
);
