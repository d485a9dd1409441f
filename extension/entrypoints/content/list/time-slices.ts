/** Long work in short slices, so that the page answers to the reader in between. */

/** How long the page may be held up; a frame takes 16 ms. */
const SLICE_MILLISECONDS = 8;

export interface TimeSlices {
  /** Call `work` with 0, 1, … `count - 1`; what is left of an earlier call is dropped. */
  run: (count: number, work: (index: number) => void) => void;
}

export function timeSlices(
  now = () => performance.now(),
  later = (task: () => void) => void setTimeout(task),
): TimeSlices {
  let turn = 0;
  return {
    run(count, work) {
      const mine = ++turn;
      let next = 0;
      const slice = (): void => {
        const until = now() + SLICE_MILLISECONDS;
        while (mine === turn && next < count) {
          work(next++);
          if (now() >= until) return later(slice);
        }
      };
      slice();
    },
  };
}
