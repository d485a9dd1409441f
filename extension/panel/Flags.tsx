import { useId, useState } from "preact/hooks";
import type { Flag } from "../shared/wire";
import { useFrame } from "./frame";
import { InlineButton } from "./InlineButton";
import { TexText } from "./TexText";

/** A mark behind a text of which something could not be verified; it opens the reason and the original. */
export function Flags({ flags, sources }: { flags: readonly Flag[]; sources: readonly string[] }) {
  const { words } = useFrame();
  const [open, setOpen] = useState(false);
  const id = useId();
  if (flags.length === 0) return null;
  return (
    <>
      <InlineButton
        name={words.flag}
        class="mark"
        aria-expanded={open}
        aria-controls={id}
        onPress={() => setOpen(!open)}
      >
        ※
      </InlineButton>
      <span class="note" id={id} hidden={!open}>
        {flags.map((flag, index) => (
          <span class="reason" key={index}>
            <TexText text={words.flags[flag.code]?.(flag.params) ?? words.flagUnknown(flag.code)} />
          </span>
        ))}
        <Sources sources={sources} />
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
