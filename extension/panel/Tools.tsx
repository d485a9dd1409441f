import type { ComponentChildren } from "preact";
import { useCopying } from "./copying";
import { useFrame } from "./frame";
import { AgainIcon, CopyIcon, DoneIcon, FoldIcon, KeepIcon, OptionsIcon, PdfIcon } from "./icons";
import { toMarkdown } from "./markdown";
import type { PanelActions } from "./types";

/** The buttons at the head of the panel. */
export function Tools({ actions, collapsed }: { actions: PanelActions; collapsed: boolean }) {
  const { words } = useFrame();
  const { collapse } = actions;
  return (
    <div class="tools">
      {!collapsed && <OpenTools actions={actions} />}
      {collapse && (
        <Tool
          name={collapsed ? words.expand : words.collapse}
          expanded={!collapsed}
          onClick={() => collapse(!collapsed)}
        >
          <FoldIcon open={!collapsed} />
        </Tool>
      )}
    </div>
  );
}

/** What can be done with the gloss, the paper and the extension. */
function OpenTools({ actions }: { actions: PanelActions }) {
  const { words, state } = useFrame();
  const { openPdf, save, openOptions } = actions;
  return (
    <>
      {state.phase !== "idle" && <GlossTools actions={actions} />}
      {openPdf && (
        <Tool name={words.fullText.gloss} onClick={openPdf}>
          <PdfIcon />
        </Tool>
      )}
      {save && (
        <Tool name={save.saved ? words.saved : words.save} pressed={save.saved} onClick={save.toggle}>
          <KeepIcon full={save.saved} />
        </Tool>
      )}
      {openOptions && (
        <Tool name={words.options} onClick={openOptions}>
          <OptionsIcon />
        </Tool>
      )}
    </>
  );
}

function GlossTools({ actions }: { actions: PanelActions }) {
  const { words, state, targetLang } = useFrame();
  const { outcome, copy } = useCopying(actions.copy);
  return (
    <>
      <span class="said" role="status">
        {outcome && words[outcome]}
      </span>
      <Tool
        name={words.copy}
        disabled={state.phase !== "done"}
        onClick={() => copy(toMarkdown(state, words, targetLang))}
      >
        {outcome === "copied" ? <DoneIcon /> : <CopyIcon />}
      </Tool>
      <Tool name={words.again} disabled={state.phase === "working"} onClick={actions.glossAgain}>
        <AgainIcon />
      </Tool>
    </>
  );
}

export function Tool({
  name,
  onClick,
  disabled = false,
  expanded,
  pressed,
  children,
}: {
  name: string;
  onClick: () => void;
  disabled?: boolean;
  expanded?: boolean;
  pressed?: boolean;
  children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class="tool"
      aria-label={name}
      title={name}
      aria-expanded={expanded}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
