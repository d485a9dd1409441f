import { nextBatch, shouldInterrupt, type Progress } from "../../../extension/bilingual/schedule";

const parts = (count: number, ready: number[] = []): Progress[] =>
  Array.from({ length: count }, (_, index) => (ready.includes(index) ? "ready" : "waiting"));

test("what is in sight first, then what follows, then what was passed", () => {
  expect(nextBatch(parts(10, [4]), new Set([4, 5]))).toEqual([5, 6, 7, 8, 9, 3, 2, 1]);
});

test("smaller questions while something is in sight", () => {
  expect(nextBatch(parts(100), new Set([0]))).toHaveLength(8);
  expect(nextBatch(parts(100, [0]), new Set([0]))).toHaveLength(16);
  expect(nextBatch(parts(3, [0, 1, 2]), new Set([0]))).toEqual([]);
});

test("what was asked gives way only where the reader waits for something else", () => {
  expect(shouldInterrupt(parts(10), new Set([7]), 2)).toBe(true);
  expect(shouldInterrupt(parts(10), new Set([2, 7]), 2)).toBe(false);
  expect(shouldInterrupt(parts(10, [7]), new Set([7]), 2)).toBe(false);
  expect(shouldInterrupt(parts(10), new Set([7]), undefined)).toBe(false);
});
