/** Which elements are on the screen, or a screen ahead of it. */
export interface Visibility {
  watch: (element: Element, index: number) => void;
  isNear: (index: number) => boolean;
}

/** `onNear`: for each that comes near; `onPassed`: that goes off above; `onChange`: once for all of a moment. */
export function watchVisibility(
  onNear: (index: number) => void,
  onPassed: (index: number) => void,
  onChange: () => void,
  signal: AbortSignal,
): Visibility {
  const near = new Set<number>();
  const indexes = new Map<Element, number>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const index = indexes.get(entry.target)!;
        if (!entry.isIntersecting) {
          if (near.delete(index) && entry.boundingClientRect.bottom < 0) onPassed(index);
        } else if (!near.has(index)) {
          near.add(index);
          onNear(index);
        }
      }
      onChange();
    },
    { rootMargin: "0px 0px 100% 0px" },
  );
  signal.addEventListener("abort", () => observer.disconnect());
  return {
    watch(element, index) {
      indexes.set(element, index);
      observer.observe(element);
    },
    isNear: (index) => near.has(index),
  };
}
