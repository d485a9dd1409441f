import { timeSlices } from "../../../../../extension/entrypoints/content/list/time-slices";

/** A clock that work moves, and a queue in the place of the browser's. */
function made() {
  let clock = 0;
  const queue: (() => void)[] = [];
  const done: number[] = [];
  const sliced = timeSlices(
    () => clock,
    (task) => void queue.push(task),
  );
  const work = (index: number): void => {
    done.push(index);
    clock += 5;
  };
  return { sliced, work, done, queue };
}

test("everything is done once and in order, a slice at a time", () => {
  const { sliced, work, done, queue } = made();
  sliced.run(8, work);
  expect(done).toEqual([0, 1]);
  while (queue.length > 0) queue.shift()!();
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a new run drops what is left of the one before", () => {
  const { sliced, work, done, queue } = made();
  sliced.run(8, work);
  sliced.run(2, work);
  while (queue.length > 0) queue.shift()!();
  expect(done).toEqual([0, 1, 0, 1]);
});
