import { Foot } from "./Foot";
import { FrameContext, type Frame } from "./frame";
import { Head } from "./Head";
import { Notice } from "./Notice";
import { usePatience } from "./patience";
import { Skeleton } from "./Skeleton";
import { shownParts } from "./state";
import { Summary } from "./Summary";
import { Takeaways } from "./Takeaways";
import { Title } from "./Title";
import { Translation } from "./Translation";
import type { PanelActions } from "./types";

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
  const { words } = frame;
  const { phase } = frame.state;
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
        <Head actions={actions} collapsed={collapsed} />
        {!collapsed && <Body frame={frame} actions={actions} remarks={remarks} />}
        <p class="spoken" role="status">
          {collapsed ? "" : spoken(frame)}
        </p>
      </section>
    </FrameContext.Provider>
  );
}

function Body({ frame, actions, remarks }: Pick<PanelProps, "frame" | "actions" | "remarks">) {
  const { phase, failure } = frame.state;
  const patient = usePatience(phase === "working");
  const shown = shownParts(frame.state, patient);
  return (
    <div class="body">
      {remarks.map((remark) => (
        <p class="remark" key={remark}>
          {remark}
        </p>
      ))}
      {failure && <Notice failure={failure} onRetry={actions.gloss} onOptions={actions.openOptions} />}
      <div class="gloss">
        {(phase === "working" || phase === "done") && <Skeleton waiting={phase === "working"} />}
        <div class="content">
          <Title />
          {shown.summary && <Summary />}
          {shown.takeaways && <Takeaways />}
          {shown.translation && <Translation />}
          <Foot />
        </div>
      </div>
    </div>
  );
}

/** Said by a screen reader, politely: beginning, end and failure, not each sentence. */
function spoken({ state, words }: Frame): string {
  if (state.phase === "working") return words.working;
  if (state.phase === "done") return words.ready;
  return state.failure ? (words.failures[state.failure.code] ?? state.failure.message) : "";
}
