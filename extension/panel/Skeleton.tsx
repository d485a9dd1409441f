import { estimate } from "./estimate";
import { useFrame } from "./frame";

/**
 * The room that the gloss will take, held from the beginning so that nothing on the page moves when it comes.
 *
 * It is an invisible gloss of the expected length, behind the real one; while `waiting` its lines show as grey bars,
 * which the real texts cover from the top down.
 */
export function Skeleton({ waiting }: { waiting: boolean }) {
  const { paper } = useFrame().state;
  const expected = estimate(paper.title ?? "", paper.abstract);
  return (
    <div class={waiting ? "skeleton waiting" : "skeleton"} aria-hidden="true">
      {expected.title > 0 && <Lines chars={expected.title} part="title" />}
      <Lines chars={expected.summary} part="prose" />
      {expected.takeaways.map((chars, index) => (
        <Lines key={index} chars={chars} part={index === 0 ? "prose" : "item"} />
      ))}
      <Lines chars={expected.translation} part="prose" />
    </div>
  );
}

function Lines({ chars, part }: { chars: number; part: "title" | "prose" | "item" }) {
  return (
    <div class={part}>
      <span>{"\u3000".repeat(chars)}</span>
    </div>
  );
}
