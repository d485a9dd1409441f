/** Which elements are on the screen, or a screen ahead of it. */

export interface Sight {
  isNear: (index: number) => boolean;
  /** Look again, when the page has moved by itself. */
  look: () => void;
}

export function watchSight(elements: readonly Element[], onChange: () => void): Sight {
  const near = new Set<number>();
  const indexes = new Map(elements.map((element, index) => [element, index]));
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const index = indexes.get(entry.target)!;
        if (entry.isIntersecting) near.add(index);
        else near.delete(index);
      }
      onChange();
    },
    { rootMargin: "0px 0px 100% 0px" },
  );
  elements.forEach((element) => observer.observe(element));
  return {
    isNear: (index) => near.has(index),
    look: onChange,
  };
}
