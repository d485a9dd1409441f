import { useState } from "preact/hooks";
import type { WelcomeWords } from "./words";

/** Something to be typed elsewhere, and a button that copies it. */
export function Copied({ words, text }: { words: WelcomeWords; text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <p class="copied">
      <code>{text}</code>
      <button type="button" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
        {isCopied ? words.copied : words.copy}
        <span class="visually-hidden"> {text}</span>
      </button>
    </p>
  );
}
