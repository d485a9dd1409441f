import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useFrame } from "./frame";
import { AgainIcon, CopyIcon, DoneIcon, FoldIcon, KeepIcon, OptionsIcon, PdfIcon } from "./icons";
import { toMarkdown } from "./markdown";
import type { PanelActions } from "./Panel";

export const SHOW_COPIED_MILLISECONDS = 1600;

/** The buttons at the head of the panel. */
export function Tools({ actions, collapsed }: { actions: PanelActions; collapsed: boolean }) {
  const { words, state, targetLang } = useFrame();
  const [copied, setCopied] = useState<"copied" | "copyFailed" | null>(null);
  const copy = async (): Promise<void> => {
    const outcome = await actions.copy(toMarkdown(state, words, targetLang)).then(
      () => "copied" as const,
      () => "copyFailed" as const,
    );
    setCopied(outcome);
    setTimeout(() => setCopied(null), SHOW_COPIED_MILLISECONDS);
  };
  return (
    <div class="tools">
      <span class="said" role="status">
        {copied && words[copied]}
      </span>
      {!collapsed && state.phase !== "idle" && (
        <>
          <Tool name={words.copy} disabled={state.phase !== "done"} onClick={() => void copy()}>
            {copied === "copied" ? <DoneIcon /> : <CopyIcon />}
          </Tool>
          <Tool name={words.again} disabled={state.phase === "working"} onClick={actions.glossAgain}>
            <AgainIcon />
          </Tool>
        </>
      )}
      {!collapsed && actions.openPdf && (
        <Tool name={words.whole.gloss} onClick={actions.openPdf}>
          <PdfIcon />
        </Tool>
      )}
      {!collapsed && actions.save && (
        <Tool
          name={actions.save.saved ? words.saved : words.save}
          pressed={actions.save.saved}
          onClick={actions.save.toggle}
        >
          <KeepIcon full={actions.save.saved} />
        </Tool>
      )}
      {!collapsed && actions.openOptions && (
        <Tool name={words.options} onClick={actions.openOptions}>
          <OptionsIcon />
        </Tool>
      )}
      {actions.collapse && (
        <Tool
          name={collapsed ? words.expand : words.collapse}
          expanded={!collapsed}
          onClick={() => actions.collapse?.(!collapsed)}
        >
          <FoldIcon open={!collapsed} />
        </Tool>
      )}
    </div>
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
