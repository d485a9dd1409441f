import { FrameContext, highlightedSegments, TexText, type Frame } from "../panel";

/** The abstract as the server divided it, highlighted together with the panel. */
export function Original({ frame, title }: { frame: Frame; title: string }) {
  const { state, dispatch } = frame;
  const highlighted = highlightedSegments(state);
  return (
    <FrameContext.Provider value={frame}>
      <section class="original" aria-label={title} lang="en">
        {state.paper.title && (
          <h2>
            <TexText text={state.paper.title} />
          </h2>
        )}
        <p>
          {state.sentences.length === 0 && <TexText text={state.paper.abstract} />}
          {state.sentences.map(({ index, source }) => (
            <span
              key={index}
              class={highlighted.includes(index) ? "highlighted" : undefined}
              onPointerEnter={() =>
                dispatch({ type: "point", highlight: { key: `segment-${index}`, segments: [index] } })
              }
              onPointerLeave={() => dispatch({ type: "point", highlight: null })}
            >
              <TexText text={source} />{" "}
            </span>
          ))}
        </p>
      </section>
    </FrameContext.Provider>
  );
}
