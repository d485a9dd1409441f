import { useRef } from "preact/hooks";
import type { FigureCaption } from "../../shared/wire";
import { Flags } from "../Flags";
import { useContentWords, useFrame } from "../frame";
import { TexText } from "../TexText";
import { useFullTextFrame } from "./frame";
import { PlaceButton } from "./PlaceButton";
import { langAttributes } from "../../shared/language";

/** Figures and tables with their captions; a click on a picture shows it large. */
export function Figures() {
  const words = useContentWords();
  const { fullText } = useFullTextFrame();
  if (fullText.figures.length === 0) return null;
  return (
    <section>
      <h3 lang={words.lang}>{words.figures}</h3>
      <div class="figures">
        {fullText.figures.map((figure) => (
          <FigureBox key={figure.index} figure={figure} png={fullText.pictures[figure.index]} />
        ))}
      </div>
    </section>
  );
}

function FigureBox({ figure, png }: { figure: FigureCaption; png: string | undefined }) {
  const { words, targetLang } = useFrame();
  const large = useRef<HTMLDialogElement>(null);
  const name = useContentWords().figureName(figure.kind, figure.number);
  const source = `data:image/png;base64,${png}`;
  return (
    <figure>
      {png && (
        <>
          <button
            type="button"
            class="thumbnail"
            title={words.fullText.enlarge}
            onClick={() => large.current?.showModal()}
          >
            <img src={source} alt={name} />
          </button>
          <dialog ref={large} aria-label={name} onClick={() => large.current?.close()}>
            <img src={source} alt={figure.caption.source} />
          </dialog>
        </>
      )}
      <figcaption>
        <b>{name}</b>{" "}
        <span {...langAttributes(targetLang)} title={figure.caption.source}>
          <TexText text={figure.caption.text} />
        </span>
        <PlaceButton place={{ page: figure.page, anchor: figure.anchor, section: name }} />
        <Flags flags={figure.flags} sources={[figure.caption.source]} />
      </figcaption>
    </figure>
  );
}
