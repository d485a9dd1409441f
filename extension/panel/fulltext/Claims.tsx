import { useContentWords } from "../frame";
import { Claim } from "./Claim";
import { useFullTextFrame } from "./frame";

/** Summary and takeaways of the whole. */
export function Claims() {
  const words = useContentWords();
  const { overview, points } = useFullTextFrame().fullText;
  const shown = points.filter((point) => !point.withheld);
  return (
    <>
      {overview.length > 0 && (
        <section>
          <h3 lang={words.lang}>{words.summary}</h3>
          <p class="prose">
            {overview.map((sentence, index) => (
              <Claim key={index} {...sentence} />
            ))}
          </p>
        </section>
      )}
      {shown.length > 0 && (
        <section>
          <h3 lang={words.lang}>{words.takeaways}</h3>
          <ul class="takeaways">
            {shown.map((point) => (
              <li key={point.index} class={point.label ? "labelled" : undefined}>
                {point.label && (
                  <span class="label" lang={words.lang}>
                    {words.label[point.label]}
                  </span>
                )}
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
