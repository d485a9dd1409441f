import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import { useFrame } from "../frame";
import { AgainIcon, CopyIcon, DoneIcon, SaveIcon } from "../icons";
import { Tool, SHOW_COPIED_MILLISECONDS } from "../Tools";
import { useWhole } from "./frame";
import { wholeToMarkdown } from "./markdown";
import { savedAsHtml, savedAsMarkdown } from "./saved";
import { progressOf } from "./state";
import type { WholeActions } from "./Whole";

/** Name, progress while there is some, and the buttons. */
export function WholeHead({ actions, content }: { actions: WholeActions; content: RefObject<HTMLElement | null> }) {
  const { state, words, targetLang } = useFrame();
  const { whole } = useWhole();
  const [copied, setCopied] = useState<"copied" | "copyFailed" | null>(null);
  const { part, ready, all } = progressOf(whole);
  const working = state.phase === "working";
  const done = state.phase === "done";
  const copy = async (): Promise<void> => {
    const outcome = await actions.copy(wholeToMarkdown(whole, words)).then(
      () => "copied" as const,
      () => "copyFailed" as const,
    );
    setCopied(outcome);
    setTimeout(() => setCopied(null), SHOW_COPIED_MILLISECONDS);
  };
  return (
    <header>
      <span class="name">{words.panel}</span>
      {working && (
        <span class="progress">{all > 0 ? words.whole.progress[part](ready, all) : words.whole.fetching}</span>
      )}
      <div class="tools">
        <span class="said" role="status">
          {copied && words[copied]}
        </span>
        <Tool name={words.copy} disabled={!done} onClick={() => void copy()}>
          {copied === "copied" ? <DoneIcon /> : <CopyIcon />}
        </Tool>
        <Tool
          name={words.whole.saveMarkdown}
          disabled={!done}
          onClick={() => actions.save(savedAsMarkdown(whole, words))}
        >
          <SaveIcon letter="M" />
        </Tool>
        <Tool
          name={words.whole.saveHtml}
          disabled={!done}
          onClick={() => content.current && actions.save(savedAsHtml(whole, content.current, targetLang))}
        >
          <SaveIcon letter="H" />
        </Tool>
        <Tool name={words.again} disabled={working} onClick={actions.again}>
          <AgainIcon />
        </Tool>
      </div>
      {working && <progress aria-label={words.working} max={Math.max(all, 1)} value={ready} />}
    </header>
  );
}
