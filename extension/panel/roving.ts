import { useState } from "preact/hooks";

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** One tab stop for a row of texts; the arrow keys go from one to the next (the "roving tabindex" of WAI-ARIA). */
export function useRoving(count: number) {
  const [current, setCurrent] = useState(0);
  const active = Math.min(current, count - 1);
  return {
    stop: (index: number) => ({ tabIndex: index === active ? 0 : -1, "data-stop": index }),
    onFocusIn: (event: FocusEvent) => {
      const stop = (event.target as HTMLElement).dataset.stop;
      if (stop !== undefined) setCurrent(Number(stop));
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      const from = (event.target as HTMLElement).dataset.stop;
      if (step === undefined || from === undefined) return;
      const to = Number(from) + step;
      const next = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-stop="${to}"]`);
      if (!next) return;
      event.preventDefault();
      next.focus();
    },
  };
}
