import { Foot } from "./Foot";
import { FrameContext, type Frame } from "./frame";
import { Head } from "./Head";
import { KeySentences } from "./KeySentences";
import { Notice } from "./Notice";
import { isWorthSummarizing } from "./once";
import { usePatience } from "./patience";
import { Remarks } from "./Remarks";
import { Skeleton } from "./Skeleton";
import { shownParts } from "./state";
import { Summary } from "./Summary";
import { Takeaways } from "./Takeaways";
import { Title } from "./Title";
import { Translation } from "./Translation";
import type { PanelActions, Remark } from "./types";

export interface PanelProps {
  frame: Frame;
  actions: PanelActions;
  /** Language of the interface, for `lang`. */
  lang: string;
  theme: "light" | "system" | "dark";
  collapsed: boolean;
  /** Lines about the paper that go before the gloss: withdrawn, an older version. */
  remarks: readonly Remark[];
  /** The room that was held for the gloss may be given back. */
  isRoomFree?: boolean;
  /** The page shows the original, and its key sentences are tinted there: for who reads it in its own language. */
  marksOriginal?: boolean;
  /** The page shows the gloss's title elsewhere. */
  hidesTitle?: boolean;
}

export function Panel(props: PanelProps) {
  const { frame, actions, lang, theme, collapsed } = props;
  const { words } = frame;
  const { phase } = frame.state;
  return (
    <FrameContext.Provider value={frame}>
      <section
        class="panel"
        lang={lang}
        data-theme={theme}
        data-phase={phase}
        aria-label={props.hidesTitle ? `${words.panel}: ${frame.state.paper.title}` : words.panel}
        aria-busy={phase === "working"}
      >
        <Head actions={actions} collapsed={collapsed} />
        {!collapsed && <Body {...props} />}
        <p class="spoken" role="status">
          {collapsed ? "" : spoken(frame)}
        </p>
      </section>
    </FrameContext.Provider>
  );
}

function Body({ frame, actions, remarks, isRoomFree = false, marksOriginal = false, hidesTitle = false }: PanelProps) {
  const { phase, failure } = frame.state;
  const isRoomHeld = phase === "working" || (phase === "done" && !isRoomFree);
  return (
    <div class="body">
      <Remarks remarks={remarks} />
      {failure && <Notice failure={failure} onRetry={actions.gloss} onOptions={actions.openOptions} />}
      <div class="gloss">
        {isRoomHeld && !marksOriginal && <Skeleton waiting={phase === "working"} />}
        <div class="content">
          {marksOriginal ? <KeySentences /> : <Parts frame={frame} hidesTitle={hidesTitle} />}
          <Foot />
        </div>
      </div>
    </div>
  );
}

/** Title, summary, takeaways and translation, as far as they may be shown and say something of their own. */
function Parts({ frame: { state }, hidesTitle }: Pick<PanelProps, "frame" | "hidesTitle">) {
  const patient = usePatience(state.phase === "working");
  const shown = shownParts(state, patient);
  const isWorth = isWorthSummarizing(state);
  return (
    <>
      {!hidesTitle && <Title />}
      {shown.summary && isWorth && <Summary />}
      {shown.takeaways && isWorth && <Takeaways />}
      {shown.translation && <Translation />}
    </>
  );
}

/** Said by a screen reader, politely: beginning, end and failure, not each sentence. */
function spoken({ state, words }: Frame): string {
  if (state.phase === "working") return words.working;
  if (state.phase === "done") return words.ready;
  return state.failure ? (words.failures[state.failure.code] ?? state.failure.message) : "";
}
