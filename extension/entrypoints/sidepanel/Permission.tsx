import { useState } from "preact/hooks";
import type { Words } from "../../shared/words";
import { askToFetch } from "./tabs";

interface PermissionProps {
  address: string;
  words: Words;
  read: () => Promise<void>;
}

/** A PDF of another site is fetched by the extension, after the reader has allowed it for that site. */
export function Permission({ address, words, read }: PermissionProps) {
  const [said, setSaid] = useState<"notAllowed" | "notFetched" | null>(null);
  const allow = async (): Promise<void> => {
    if (!(await askToFetch(address))) setSaid("notAllowed");
    else await read().catch(() => setSaid("notFetched"));
  };
  return (
    <div class="permission">
      <p>{words.fullText.elsewhere(new URL(address).host)}</p>
      <p class="address">{address}</p>
      <p>
        <button type="button" onClick={() => void allow()}>
          {words.fullText.allow}
        </button>
      </p>
      <p role="status">{said && words.fullText[said]}</p>
    </div>
  );
}
