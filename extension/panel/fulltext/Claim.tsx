import { useState } from "preact/hooks";
import type { Flag, Place } from "../../shared/wire";
import { isPlainClick } from "../Evidence";
import { Flags } from "../Flags";
import { useFrame } from "../frame";
import { TexText } from "../TexText";
import { PlaceButton } from "./PlaceButton";
import { langAttributes } from "../../shared/language";

interface ClaimProps {
  text: string;
  evidence: readonly Place[];
  flags: readonly Flag[];
}

/** A text about the paper with the places behind it; a click shows the sentences that it was made from. */
export function Claim({ text, evidence, flags }: ClaimProps) {
  const { targetLang } = useFrame();
  const [open, setOpen] = useState(false);
  const places = [...new Map(evidence.map((place) => [place.page ?? place.anchor, place])).values()];
  return (
    <>
      <span
        {...langAttributes(targetLang)}
        class={open ? "sentence claim highlighted" : "sentence claim"}
        role="button"
        tabIndex={0}
        aria-expanded={open}
        onClick={(event) => isPlainClick(event) && setOpen(!open)}
        onKeyDown={(event) => event.key === "Enter" && setOpen(!open)}
      >
        <TexText text={text} />
      </span>
      {places.map((place) => (
        <PlaceButton key={place.source} place={place} />
      ))}
      <Flags flags={flags} sources={evidence.map((place) => place.source)} />
      {open && (
        <span class="note">
          {evidence.map((place, index) => (
            <q class="source" lang="en" key={index}>
              <b>{place.section}</b> <TexText text={place.source} />
            </q>
          ))}
        </span>
      )}
    </>
  );
}
