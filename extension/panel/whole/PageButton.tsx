import { useFrame } from "../frame";
import { InlineButton } from "../InlineButton";
import { useWhole } from "./frame";

/** `p. 4`: opens the page where it can be opened. */
export function PageButton({ page }: { page: number | null }) {
  const { words } = useFrame();
  const { openPage } = useWhole();
  if (page === null) return null;
  const label = words.whole.page(page);
  return openPage ? (
    <InlineButton name={words.whole.openPage(page)} class="evidence" onPress={() => openPage(page)}>
      {label}
    </InlineButton>
  ) : (
    <span class="evidence">{label}</span>
  );
}
