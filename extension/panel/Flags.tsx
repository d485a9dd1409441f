import { langAttributes } from "../shared/language";
import { useId, useState } from "preact/hooks";
import type { Flag } from "../shared/wire";
import { isUnsure } from "./doubt";
import { useFrame } from "./frame";
import { InlineButton } from "./InlineButton";
import { TexText } from "./TexText";

interface FlagsProps {
  flags: readonly Flag[];
  sources: readonly string[];
  /** What was said in the place of the original, where the original is shown instead. */
  attempt?: string | null;
}

/** A mark behind a text of which something could not be verified; it opens the reason and the original. */
export function Flags({ flags, sources, attempt = null }: FlagsProps) {
  const { words, targetLang } = useFrame();
  const [open, setOpen] = useState(false);
  const id = useId();
  if (flags.length === 0) return null;
  return (
    <>
      <InlineButton
        name={words.flag}
        class={isUnsure(flags) ? "mark worded" : "mark"}
        aria-expanded={open}
        aria-controls={id}
        onPress={() => setOpen(!open)}
      >
        {attempt !== null ? words.untranslated : isUnsure(flags) ? words.unsure : "※"}
      </InlineButton>
      <span class="note" id={id} hidden={!open}>
        {flags.map((flag, index) => (
          <span class="reason" key={index}>
            <TexText text={words.flags[flag.code]?.(flag.params) ?? words.flagUnknown(flag.code)} />
          </span>
        ))}
        {attempt === null ? (
          <Sources sources={sources} />
        ) : (
          <span class="attempt" {...langAttributes(targetLang)}>
            <TexText text={attempt} />
          </span>
        )}
      </span>
    </>
  );
}

/** Sentences of the abstract as arXiv has them. */
export function Sources({ sources }: { sources: readonly string[] }) {
  return (
    <>
      {sources.map((source, index) => (
        <q class="source" lang="en" key={index}>
          <TexText text={source} />
        </q>
      ))}
    </>
  );
}
