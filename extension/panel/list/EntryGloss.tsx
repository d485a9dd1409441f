import { isUntranslated } from "../doubt";
import type { Flag } from "../../shared/wire";
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
  const { words } = useFrame();
  const { title, gist, failure, phase } = entry;
  if (entry.hidden) return null;
  return (
    <div class="entry" data-phase={phase} aria-busy={phase === "working"}>
      {title && <Line name="entry-title" {...title} sources={[]} />}
      {gist && <Line name="entry-gist" {...gist} sources={gist.evidence.map((index) => entry.sources[index] ?? "")} />}
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

interface LineProps {
  name: string;
  text: string;
  flags: readonly Flag[];
  sources: readonly string[];
}

/** One text, or its original where it is too unsure, as a gist can be. */
function Line({ name, text, flags, sources }: LineProps) {
  const { targetLang } = useFrame();
  const untranslated = isUntranslated(flags);
  return (
    <p class={name} {...langAttributes(untranslated ? "en" : targetLang)}>
      <TexText text={untranslated ? sources.join(" ") : text} />
      <Flags flags={flags} sources={sources} attempt={untranslated ? text : null} />
    </p>
  );
}
