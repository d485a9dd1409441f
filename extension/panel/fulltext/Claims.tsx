import { useFrame } from "../frame";
import { Claim } from "./Claim";
import { useFullTextFrame } from "./frame";

/** Summary and takeaways of the whole. */
export function Claims() {
  const { words } = useFrame();
  const { overview, points } = useFullTextFrame().fullText;
  const shown = points.filter((point) => !point.withheld);
  return (
    <>
      {overview.length > 0 && (
        <section>
          <h3>{words.summary}</h3>
          <p class="prose">
            {overview.map((sentence, index) => (
              <Claim key={index} {...sentence} />
            ))}
          </p>
        </section>
      )}
      {shown.length > 0 && (
        <section>
          <h3>{words.takeaways}</h3>
          <ul class="takeaways">
            {shown.map((point) => (
              <li key={point.index} class={point.label ? "labelled" : undefined}>
                {point.label && <span class="label">{words.label[point.label]}</span>}
                <div>
                  <Claim {...point} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
