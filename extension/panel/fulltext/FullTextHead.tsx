import type { RefObject } from "preact";
import { useCopying } from "../copying";
import { useFrame } from "../frame";
import { AgainIcon, CopyIcon, DoneIcon, SaveIcon } from "../icons";
import { Tool } from "../Tools";
import { useFullTextFrame } from "./frame";
import { fullTextToMarkdown } from "./markdown";
import { exportHtml, exportMarkdown } from "./export";
import { progressOf } from "./state";
import type { FullTextActions } from "./types";

/** Name, progress while there is some, and the buttons. */
export function FullTextHead({
  actions,
  content,
}: {
  actions: FullTextActions;
  content: RefObject<HTMLElement | null>;
}) {
  const { state, words, targetLang } = useFrame();
  const { fullText } = useFullTextFrame();
  const { outcome, copy } = useCopying(actions.copy);
  const { part, ready, all } = progressOf(fullText);
  const working = state.phase === "working";
  const done = state.phase === "done";
  return (
    <header>
      <span class="name">{words.panel}</span>
      {working && (
        <span class="progress">{all > 0 ? words.fullText.progress[part](ready, all) : words.fullText.fetching}</span>
      )}
      <div class="tools">
        <span class="said" role="status">
          {outcome && words[outcome]}
        </span>
        <Tool name={words.copy} disabled={!done} onClick={() => copy(fullTextToMarkdown(fullText, words))}>
          {outcome === "copied" ? <DoneIcon /> : <CopyIcon />}
        </Tool>
        <Tool
          name={words.fullText.saveMarkdown}
          disabled={!done}
          onClick={() => actions.save(exportMarkdown(fullText, words))}
        >
          <SaveIcon letter="M" />
        </Tool>
        <Tool
          name={words.fullText.saveHtml}
          disabled={!done}
          onClick={() => content.current && actions.save(exportHtml(fullText, content.current, targetLang))}
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
