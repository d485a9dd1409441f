import { FrameContext, litSegments, TexText, type Frame } from "../panel";

/** The abstract as the server divided it, lit together with the panel. */
export function Original({ frame, title }: { frame: Frame; title: string }) {
  const { state, dispatch } = frame;
  const lit = litSegments(state);
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
              class={lit.includes(index) ? "lit" : undefined}
              onPointerEnter={() => dispatch({ type: "point", light: { key: `segment-${index}`, segments: [index] } })}
              onPointerLeave={() => dispatch({ type: "point", light: null })}
            >
              <TexText text={source} />{" "}
            </span>
          ))}
        </p>
      </section>
    </FrameContext.Provider>
  );
}
