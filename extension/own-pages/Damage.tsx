import type { Words } from "../shared/words";

interface DamageProps {
  words: Words;
  /** Files on the server's machine; a server of before there was such a list says nothing. */
  damaged: readonly string[] | undefined;
}

/** That what the server keeps was damaged, and where the damaged files are. */
export function Damage({ words, damaged = [] }: DamageProps) {
  if (damaged.length === 0) return null;
  return (
    <p class="hint wrong">
      {words.damaged}{" "}
      {damaged.map((file) => (
        <code key={file}>{file}</code>
      ))}
    </p>
  );
}
