import { useFrame } from "./frame";
import { progress } from "./state";
import { Tools } from "./Tools";
import type { PanelActions } from "./types";

/** Name, progress while there is some, and the buttons. */
export function Head({ actions, collapsed }: { actions: PanelActions; collapsed: boolean }) {
  const { state, words } = useFrame();
  const { ready, all } = progress(state);
  const working = state.phase === "working" && !collapsed;
  return (
    <header>
      <span class="name">{words.panel}</span>
      {working && <span class="progress">{all > 0 ? words.sentencesOf(ready, all) : words.working}</span>}
      {state.done?.doubtful && !working && !collapsed && (
        <span class="progress" title={words.outsideWhy}>
          {words.outside}
        </span>
      )}
      {state.phase === "idle" && !collapsed && (
        <button type="button" class="button first" onClick={actions.gloss}>
          {words.gloss}
        </button>
      )}
      <Tools actions={actions} collapsed={collapsed} />
      {working && <progress aria-label={words.working} max={Math.max(all, 1)} value={ready} />}
    </header>
  );
}
