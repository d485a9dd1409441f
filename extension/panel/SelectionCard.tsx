import { langAttributes } from "../shared/language";
import type { Flag } from "../shared/wire";
import { Flags } from "./Flags";
import { Foot } from "./Foot";
import { FrameContext, useFrame, type Frame } from "./frame";
import { Notice } from "./Notice";
import { TexText } from "./TexText";
import { Translation } from "./Translation";

/** What a short form stands for; its rendering comes later, or never. */
export interface Explanation {
  short: string;
  long: string;
  translation: { text: string; flags: readonly Flag[] } | null;
}

interface SelectionCardProps {
  frame: Frame;
  lang: string;
  theme: "light" | "system" | "dark";
  explanations: readonly Explanation[];
  onRetry: () => void;
  onOptions: () => void;
  onClose: () => void;
}

/** The translation of what was selected on the page, near it. */
export function SelectionCard({ frame, lang, theme, explanations, ...actions }: SelectionCardProps) {
  const { words, state } = frame;
  const { phase, failure } = state;
  return (
    <FrameContext.Provider value={frame}>
      <section
        class="panel card"
        lang={lang}
        data-theme={theme}
        role="dialog"
        aria-label={words.selection.title}
        aria-busy={phase === "working"}
        tabIndex={-1}
        onKeyDown={(event) => event.key === "Escape" && actions.onClose()}
      >
        <header>
          <span class="name">{words.selection.title}</span>
          {phase === "working" && <span class="progress">{words.working}</span>}
          <div class="tools">
            <button
              type="button"
              class="tool"
              aria-label={words.list.close}
              title={words.list.close}
              onClick={actions.onClose}
            >
              ×
            </button>
          </div>
        </header>
        <Explanations explanations={explanations} />
        <Translation />
        {failure && <Notice failure={failure} onRetry={actions.onRetry} onOptions={actions.onOptions} />}
        <Foot />
        <p class="spoken" role="status">
          {phase === "working" ? words.working : phase === "done" ? words.ready : ""}
        </p>
      </section>
    </FrameContext.Provider>
  );
}

/** Short forms as the paper spells them out. */
function Explanations({ explanations }: Pick<SelectionCardProps, "explanations">) {
  const { words, targetLang } = useFrame();
  if (explanations.length === 0) return null;
  return (
    <div class="explanations">
      <dl>
        {explanations.map(({ short, long, translation }) => (
          <div key={short}>
            <dt lang="en">{short}</dt>
            <dd>
              <span lang="en">{long}</span>
              {translation && (
                <>
                  {" "}
                  <span {...langAttributes(targetLang)}>
                    <TexText text={translation.text} />
                  </span>
                  <Flags flags={translation.flags} sources={[long]} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p>{words.selection.fromPaper}</p>
    </div>
  );
}
