import { Flags } from "../Flags";
import { useFrame } from "../frame";
import { TexText } from "../TexText";
import type { EntryState } from "./state";
import { langAttributes } from "../../shared/language";

export interface EntryActions {
  open: () => void;
  hide: () => void;
  save: () => void;
  retry: () => void;
}

interface EntryProps {
  entry: EntryState;
  saved: boolean;
  actions: EntryActions;
}

/** Under an entry: its title and its gist in the reader's language, in room that was held for them. */
export function EntryGloss({ entry, saved, actions }: EntryProps) {
  const { words, targetLang } = useFrame();
  const { title, gist, failure, phase } = entry;
  if (entry.hidden) return null;
  return (
    <div class="entry" data-phase={phase} aria-busy={phase === "working"}>
      {title && (
        <p class="entry-title" {...langAttributes(targetLang)}>
          <TexText text={title.text} />
          <Flags flags={title.flags} sources={[]} />
        </p>
      )}
      {gist && (
        <p class="entry-gist" {...langAttributes(targetLang)}>
          <TexText text={gist.text} />
          <Flags flags={gist.flags} sources={gist.evidence.map((index) => entry.sources[index] ?? "")} />
        </p>
      )}
      {failure && (
        <p class="entry-failure">
          {words.failures[failure.code] ?? failure.message}{" "}
          <button type="button" class="link" onClick={actions.retry}>
            {words.retry}
          </button>
        </p>
      )}
      <p class="entry-tools">
        <button type="button" class="link" aria-expanded={entry.open} onClick={actions.open}>
          {entry.open ? words.list.close : words.list.open}
        </button>
        <button type="button" class="link" aria-pressed={saved} onClick={actions.save}>
          {saved ? words.saved : words.save}
        </button>
        <button type="button" class="link" onClick={actions.hide}>
          {words.list.hide}
        </button>
      </p>
    </div>
  );
}
