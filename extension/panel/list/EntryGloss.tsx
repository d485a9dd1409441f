import { isUntranslated } from "../doubt";
import type { Flag } from "../../shared/wire";
import { Flags } from "../Flags";
import { useFrame } from "../frame";
import { TexText } from "../TexText";
import type { EntryState } from "./state";
import { langAttributes } from "../../shared/language";

export interface EntryActions {
  open: () => void;
  hide: (hidden: boolean) => void;
  save: () => void;
  /** Null where the page shows no abstract. */
  showAbstract: ((shown: boolean) => void) | null;
}

interface TitleProps {
  entry: EntryState;
  isWithdrawn: boolean;
}

/** Under an entry's title: the title in the reader's language, and whether the paper is withdrawn. */
export function EntryTitle({ entry: { title }, isWithdrawn }: TitleProps) {
  const { words, targetLang } = useFrame();
  if (!title && !isWithdrawn) return null;
  return (
    <p class="entry-title">
      {isWithdrawn && <strong class="withdrawn">{words.list.withdrawn}</strong>}
      {title && (
        <span {...langAttributes(targetLang)}>
          <TexText text={title.text} />
          <Flags flags={title.flags} sources={[]} />
        </span>
      )}
    </p>
  );
}

interface EntryProps {
  entry: EntryState;
  /** The English one. */
  title: string;
  saved: boolean;
  isFolded: boolean;
  actions: EntryActions;
}

/** Before an entry's abstract: its gist in the reader's language, in room that was held for it, and what can be done. */
export function EntryGloss(props: EntryProps) {
  const { entry, actions } = props;
  const { words } = useFrame();
  const { gist, failure, phase } = entry;
  if (entry.hidden === "now") return <HiddenLine title={props.title} onUndo={() => actions.hide(false)} />;
  return (
    <div class="entry" data-phase={phase} aria-busy={phase === "working"}>
      {gist && !entry.open && <Gist {...gist} sources={gist.evidence.map((index) => entry.sources[index] ?? "")} />}
      {failure && (
        <p class="entry-failure" title={words.failures[failure.code] ?? failure.message}>
          {words.list.notGlossed}
        </p>
      )}
      <EntryTools {...props} />
    </div>
  );
}

function EntryTools({ entry, saved, isFolded, actions }: EntryProps) {
  const { words } = useFrame();
  const { showAbstract } = actions;
  return (
    <p class="entry-tools">
      {entry.seen && <span class="seen">{words.list.seen}</span>}
      <button type="button" class="link" aria-expanded={entry.open} onClick={actions.open}>
        {entry.open ? words.list.close : words.list.open}
      </button>
      {showAbstract && (
        <button type="button" class="link" aria-expanded={!isFolded} onClick={() => showAbstract(isFolded)}>
          {isFolded ? words.list.abstract : words.list.foldAbstract}
        </button>
      )}
      <button type="button" class="link" onClick={actions.save}>
        {saved ? words.saved : words.save}
      </button>
      <button type="button" class="link" onClick={() => actions.hide(!entry.hidden)}>
        {entry.hidden ? words.list.unhide : words.list.hide}
      </button>
    </p>
  );
}

/** In the place of an entry that was hidden just now. */
function HiddenLine({ title, onUndo }: { title: string; onUndo: () => void }) {
  const { words } = useFrame();
  return (
    <p class="entry-hidden" role="status">
      {words.list.hidden}{" "}
      <span lang="en">
        <TexText text={title} />
      </span>{" "}
      <button type="button" class="link" onClick={onUndo}>
        {words.list.undo}
      </button>
    </p>
  );
}

/** One text, or its original where it is too unsure. */
function Gist({ text, flags, sources }: { text: string; flags: readonly Flag[]; sources: readonly string[] }) {
  const { targetLang } = useFrame();
  const untranslated = isUntranslated(flags);
  return (
    <p class="entry-gist" {...langAttributes(untranslated ? "en" : targetLang)}>
      <TexText text={untranslated ? sources.join(" ") : text} />
      <Flags flags={flags} sources={sources} attempt={untranslated ? text : null} />
    </p>
  );
}
