import type { PanelEvent, PanelState } from "../panel";

interface OriginalProps {
  state: PanelState;
  title: string;
  lit: readonly number[];
  dispatch: (event: PanelEvent) => void;
}

/** The abstract as the server divided it, lit together with the panel. */
export function Original({ state, title, lit, dispatch }: OriginalProps) {
  return (
    <section class="original" aria-label={title} lang="en">
      {state.paper.title && <h2>{state.paper.title}</h2>}
      <p>
        {state.sentences.length === 0
          ? state.paper.abstract
          : state.sentences.map(({ index, source }) => (
              <span
                key={index}
                class={lit.includes(index) ? "lit" : undefined}
                onPointerEnter={() =>
                  dispatch({ type: "point", light: { key: `segment-${index}`, segments: [index] } })
                }
                onPointerLeave={() => dispatch({ type: "point", light: null })}
              >
                {source}{" "}
              </span>
            ))}
      </p>
    </section>
  );
}
