import { useRef } from "preact/hooks";
import { Foot } from "../Foot";
import { FrameContext, useFrame, type Frame } from "../frame";
import { Notice } from "../Notice";
import { TexText } from "../TexText";
import { Title } from "../Title";
import { Translation } from "../Translation";
import { Figures } from "./Figures";
import { useFullTextFrame, FullTextContext, type FullTextFrame } from "./frame";
import { FullTextHead } from "./FullTextHead";
import { Sections } from "./Sections";
import { Claims } from "./Claims";
import type { FullTextActions } from "./types";

export interface FullTextProps extends FullTextFrame {
  frame: Frame;
  actions: FullTextActions;
  lang: string;
  theme: "light" | "system" | "dark";
}

/** The gloss of a whole paper, from top to bottom as a reader wants it: what it says, then where. */
export function FullText({ frame, fullText, openPlace, actions, lang, theme }: FullTextProps) {
  const content = useRef<HTMLDivElement>(null);
  const { phase, failure } = frame.state;
  return (
    <FrameContext.Provider value={frame}>
      <FullTextContext.Provider value={{ fullText, openPlace }}>
        <section
          class="panel fulltext"
          lang={lang}
          data-theme={theme}
          data-phase={phase}
          aria-label={frame.words.panel}
          aria-busy={phase === "working"}
        >
          <FullTextHead actions={actions} content={content} />
          {failure && <Notice failure={failure} onRetry={actions.again} onOptions={actions.openOptions} />}
          <div class="content" ref={content}>
            {!frame.state.title && fullText.outline && <h2 lang="en">{fullText.outline.title}</h2>}
            <Title />
            <About />
            <Notices />
            <Claims />
            <Translation />
            <Sections />
            <Figures />
            <Foot />
          </div>
          <p class="spoken" role="status">
            {phase === "working" ? frame.words.working : phase === "done" ? frame.words.ready : ""}
          </p>
        </section>
      </FullTextContext.Provider>
    </FrameContext.Provider>
  );
}

/** What the reader has to know about how the paper was read: pages of pictures, letters that cannot be read. */
function Notices() {
  const { words } = useFrame();
  const { outline } = useFullTextFrame().fullText;
  if (!outline?.notices.length) return null;
  return (
    <ul class="notices">
      {outline.notices.map(({ code, params }) => (
        <li key={code}>{words.notices[code]?.(params) ?? words.flagUnknown(code)}</li>
      ))}
    </ul>
  );
}

/** Whose paper it is, and its title as they wrote it. */
function About() {
  const { state } = useFrame();
  const { outline } = useFullTextFrame().fullText;
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
