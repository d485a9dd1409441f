import { useRef } from "preact/hooks";
import { Foot } from "../Foot";
import { FrameContext, useFrame, type Frame } from "../frame";
import { Notice } from "../Notice";
import { TexText } from "../TexText";
import { Title } from "../Title";
import { Translation } from "../Translation";
import { Figures } from "./Figures";
import { useWhole, WholeContext, type WholeFrame } from "./frame";
import { WholeHead } from "./Head";
import type { SavedFile } from "./saved";
import { Sections } from "./Sections";
import { Told } from "./Told";

/** What the reader may ask for. */
export interface WholeActions {
  again: () => void;
  copy: (markdown: string) => Promise<void>;
  save: (file: SavedFile) => void;
  /** Null where there is nothing of the kind. */
  openOptions: (() => void) | null;
}

export interface WholeProps extends WholeFrame {
  frame: Frame;
  actions: WholeActions;
  lang: string;
  theme: "light" | "system" | "dark";
}

/** The gloss of a whole paper, from top to bottom as a reader wants it: what it says, then where. */
export function Whole({ frame, whole, openPlace, actions, lang, theme }: WholeProps) {
  const content = useRef<HTMLDivElement>(null);
  const { phase, failure } = frame.state;
  return (
    <FrameContext.Provider value={frame}>
      <WholeContext.Provider value={{ whole, openPlace }}>
        <section
          class="panel whole"
          lang={lang}
          data-theme={theme}
          data-phase={phase}
          aria-label={frame.words.panel}
          aria-busy={phase === "working"}
        >
          <WholeHead actions={actions} content={content} />
          {failure && <Notice failure={failure} onRetry={actions.again} onOptions={actions.openOptions} />}
          <div class="content" ref={content}>
            {!frame.state.title && whole.outline && <h2 lang="en">{whole.outline.title}</h2>}
            <Title />
            <About />
            <Told />
            <Translation />
            <Sections />
            <Figures />
            <Foot />
          </div>
          <p class="spoken" role="status">
            {phase === "working" ? frame.words.working : phase === "done" ? frame.words.ready : ""}
          </p>
        </section>
      </WholeContext.Provider>
    </FrameContext.Provider>
  );
}

/** Whose paper it is, and its title as they wrote it. */
function About() {
  const { state } = useFrame();
  const { outline } = useWhole().whole;
  if (!outline) return null;
  return (
    <>
      {state.title && (
        <p class="original-title" lang="en">
          <TexText text={outline.title} />
        </p>
      )}
      <p class="authors">{outline.authors.join(", ")}</p>
    </>
  );
}
