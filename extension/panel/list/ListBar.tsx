import { Notice } from "../Notice";
import { useFrame } from "../frame";
import { finished, type ListState } from "./state";

export interface ListActions {
  pause: (paused: boolean) => void;
  retry: () => void;
  openOptions: () => void;
  openSaved: () => void;
}

/** Above the list: how far it is, and what stands in the way. */
export function ListBar({ list, keys, actions }: { list: ListState; keys: string; actions: ListActions }) {
  const { words } = useFrame();
  const ready = finished(list);
  const all = list.entries.length;
  return (
    <div class="bar">
      <header>
        <span class="name">{words.panel}</span>
        <span class="progress">{words.list.progress(ready, all)}</span>
        {ready < all && (
          <button type="button" class="link" onClick={() => actions.pause(!list.paused)}>
            {list.paused ? words.list.resume : words.list.pause}
          </button>
        )}
        <span class="machine-made">{words.machineMade}</span>
        <span class="keys">{keys}</span>
        <button type="button" class="link" onClick={actions.openSaved}>
          {words.savedPapers}
        </button>
        <progress aria-label={words.list.progress(ready, all)} max={all} value={ready} />
      </header>
      {list.failure && <Notice failure={list.failure} onRetry={actions.retry} onOptions={actions.openOptions} />}
    </div>
  );
}
