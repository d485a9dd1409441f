import { useState } from "preact/hooks";

export const SHOW_COPIED_MILLISECONDS = 1600;

export type CopyOutcome = "copied" | "copyFailed";

/** Copying, and for a while what came of it. */
export function useCopying(copy: (text: string) => Promise<void>) {
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const start = async (text: string): Promise<void> => {
    setOutcome(
      await copy(text).then(
        () => "copied" as const,
        () => "copyFailed" as const,
      ),
    );
    setTimeout(() => setOutcome(null), SHOW_COPIED_MILLISECONDS);
  };
  return { outcome, copy: (text: string): void => void start(text) };
}
