import { Foot } from "./Foot";
import { FrameContext, type Frame } from "./frame";
import { Notice } from "./Notice";
import { progress } from "./state";
import { Summary } from "./Summary";
import { Takeaways } from "./Takeaways";
import { Title } from "./Title";
import { Tools } from "./Tools";
import { Translation } from "./Translation";

/** What the reader may ask for; the panel itself reaches neither browser nor server. */
export interface PanelActions {
  gloss: () => void;
  glossAgain: () => void;
  copy: (markdown: string) => Promise<void>;
  /** Null where there is nothing of the kind. */
  openOptions: (() => void) | null;
  collapse: ((collapsed: boolean) => void) | null;
}

export interface PanelProps {
  frame: Frame;
  actions: PanelActions;
  /** Language of the interface, for `lang`. */
  lang: string;
  theme: "light" | "system" | "dark";
  collapsed: boolean;
  /** Lines about the paper that go before the gloss: withdrawn, an older version. */
  remarks: readonly string[];
}

export function Panel({ frame, actions, lang, theme, collapsed, remarks }: PanelProps) {
  const { state, words } = frame;
  const { phase, failure } = state;
  return (
    <FrameContext.Provider value={frame}>
      <section
        class="panel"
        lang={lang}
        data-theme={theme}
        data-phase={phase}
        aria-label={words.panel}
        aria-busy={phase === "working"}
      >
        <header>
          <span class="name">{words.panel}</span>
          {phase === "idle" && !collapsed && (
            <button type="button" class="button first" onClick={actions.gloss}>
              {words.gloss}
            </button>
          )}
          <Tools actions={actions} collapsed={collapsed} />
          {phase === "working" && !collapsed && <progress aria-label={words.working} max={1} value={progress(state)} />}
        </header>
        {!collapsed && (
          <div class="body">
            {remarks.map((remark) => (
              <p class="remark" key={remark}>
                {remark}
              </p>
            ))}
            {failure && <Notice failure={failure} onRetry={actions.gloss} onOptions={actions.openOptions} />}
            <Title />
            <Summary />
            <Takeaways />
            <Translation />
            <Foot />
          </div>
        )}
        <p class="spoken" role="status">
          {collapsed ? "" : spoken(frame)}
        </p>
      </section>
    </FrameContext.Provider>
  );
}

/** Said by a screen reader, politely: beginning, end and failure, not each sentence. */
function spoken({ state, words }: Frame): string {
  if (state.phase === "working") return words.working;
  if (state.phase === "done") return words.ready;
  return state.failure ? (words.failures[state.failure.code] ?? state.failure.message) : "";
}
