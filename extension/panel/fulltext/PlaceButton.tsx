import { useFrame } from "../frame";
import { InlineButton } from "../InlineButton";
import { useFullTextFrame } from "./frame";
import type { PaperPlace } from "./types";

/** `p. 4`, or `§ 3.1` in an HTML paper: opens the place where it can be opened. */
export function PlaceButton({ place }: { place: PaperPlace }) {
  const { words } = useFrame();
  const { openPlace } = useFullTextFrame();
  const { page, anchor, section } = place;
  if (page === null && !anchor) return null;
  const label = page === null ? `§\u00a0${numberOf(section)}`.trim() : words.fullText.page(page);
  const name = page === null ? words.fullText.openSection(section) : words.fullText.openPage(page);
  return openPlace ? (
    <InlineButton name={name} class="evidence" onPress={() => openPlace(place)}>
      {label}
    </InlineButton>
  ) : (
    <span class="evidence">{label}</span>
  );
}

/** `3.1` of `3.1 Attention`, `A` of `Appendix A Proofs`. */
const numberOf = (section: string): string => /^(?:Appendix )?([\dIVX.]+|[A-Z](?:\.\d+)*)\.? /.exec(section)?.[1] ?? "";
