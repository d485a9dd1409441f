import type { Keys } from "../../shared/settings";
import { useCopying } from "../copying";
import { useFrame } from "../frame";
import { CopyIcon, DoneIcon } from "../icons";
import { Notice } from "../Notice";
import { Tool } from "../Tools";
import { KeyHelp } from "./KeyHelp";
import { countsOf, type Counts, type ListState } from "./state";

export interface ListActions {
  pause: (paused: boolean) => void;
  /** Again with what stopped the whole list. */
  retry: () => void;
  /** Again with all entries that failed. */
  retryAll: () => void;
  fold: (folded: boolean) => void;
  showHidden: (shown: boolean) => void;
  showSeen: (shown: boolean) => void;
  filter: (text: string) => void;
  help: (shown: boolean) => void;
  copy: () => Promise<void>;
  openOptions: () => void;
  openSaved: () => void;
}

export interface ListBarProps {
  list: ListState;
  /** Glossed on a click, which has not come yet. */
  isIdle: boolean;
  folds: boolean;
  keys: Keys;
  actions: ListActions;
}

/** Above the list: how far it is, what stands in the way, and what can be done with all of it. */
export function ListBar(props: ListBarProps) {
  const { list, keys, actions } = props;
  const counts = countsOf(list);
  return (
    <div class="bar">
      <header>
        <Progress {...props} counts={counts} />
        <BarTools {...props} counts={counts} />
      </header>
      <BarLines {...props} counts={counts} />
      {list.help && <KeyHelp keys={keys} onClose={() => actions.help(false)} />}
      {list.failure && <Notice failure={list.failure} onRetry={actions.retry} onOptions={actions.openOptions} />}
    </div>
  );
}

type PartProps = ListBarProps & { counts: Counts };

function Progress({ list, isIdle, counts, actions }: PartProps) {
  const { words } = useFrame();
  const { glossed, all, working, waiting } = counts;
  const progress = words.list.progress(glossed, all);
  const canPause = list.paused || working;
  return (
    <>
      <span class="name">{words.panel}</span>
      {isIdle ? (
        <button type="button" class="link" onClick={() => actions.pause(false)}>
          {words.list.begin(all)}
        </button>
      ) : (
        <span class="progress">
          {progress}
          {waiting > 0 && !list.paused && !list.failure && <span class="later"> · {words.list.later}</span>}
        </span>
      )}
      {!isIdle && canPause && (
        <button type="button" class="link" onClick={() => actions.pause(!list.paused)}>
          {list.paused ? words.list.resume : words.list.pause}
        </button>
      )}
      <span class="machine-made">{words.machineMade}</span>
      <progress aria-label={progress} max={all} value={glossed} />
    </>
  );
}

function BarTools({ list, folds, actions }: PartProps) {
  const { words } = useFrame();
  const { outcome, copy } = useCopying(actions.copy);
  return (
    <span class="tools">
      <input
        type="search"
        class="filter"
        aria-label={words.list.filterWhat}
        title={words.list.filterWhat}
        placeholder={words.list.filter}
        value={list.filter}
        onInput={(event) => actions.filter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          actions.filter("");
          event.currentTarget.blur();
        }}
      />
      <button type="button" class="link" onClick={() => actions.fold(!folds)}>
        {folds ? words.list.unfoldAll : words.list.foldAll}
      </button>
      <button type="button" class="link" onClick={actions.openSaved}>
        {words.savedPapers}
      </button>
      <span class="said" role="status">
        {outcome && words[outcome]}
      </span>
      <Tool name={words.list.copy} onClick={() => copy("")}>
        {outcome === "copied" ? <DoneIcon /> : <CopyIcon />}
      </Tool>
      <Tool name={words.list.help} expanded={list.help} onClick={() => actions.help(!list.help)}>
        <span class="sign">?</span>
      </Tool>
    </span>
  );
}

/** What is not as it seems: entries that failed, that are hidden, that the filter leaves out. */
function BarLines({ list, counts, actions }: PartProps) {
  const { words } = useFrame();
  const { failed, hidden, seen, filtered, all } = counts;
  return (
    <>
      {failed.length > 0 && (
        <p class="bar-line" role="status">
          {failed.map(({ failure, count }) => (
            <span key={failure.code}>{words.list.failed(count, words.failures[failure.code] ?? failure.message)} </span>
          ))}
          <button type="button" class="link" onClick={actions.retryAll}>
            {words.list.retryAll}
          </button>
        </p>
      )}
      {list.filter !== "" && (
        <p class="bar-line" role="status">
          {words.list.filtered(all - filtered, all)}{" "}
          <button type="button" class="link" onClick={() => actions.filter("")}>
            {words.list.showAll}
          </button>
        </p>
      )}
      {seen > 0 && (
        <p class="bar-line">
          {words.list.seenBefore(seen, all)}{" "}
          <button type="button" class="link" onClick={() => actions.showSeen(!list.showsSeen)}>
            {list.showsSeen ? words.list.onlyNew : words.list.showAll}
          </button>
        </p>
      )}
      {hidden > 0 && (
        <p class="bar-line">
          {words.list.hiddenBefore(hidden)}{" "}
          <button type="button" class="link" onClick={() => actions.showHidden(!list.showsHidden)}>
            {list.showsHidden ? words.list.hideAgain : words.list.showHidden}
          </button>
        </p>
      )}
    </>
  );
}
