import { useEffect, useState } from "preact/hooks";
import type { WelcomeAnswer } from "../../shared/wire";

const EVERY_MILLISECONDS = 1000;

/** How far the start is: not known yet, or the server does not answer, or what it says. */
export type Progress = "asking" | "silent" | WelcomeAnswer;

/** Ask the server again and again; `key` is the secret that the terminal put into this page's address. */
export function useProgress(key: string): Progress {
  const [progress, setProgress] = useState<Progress>("asking");
  useEffect(() => {
    let isOpen = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const found = await readProgress(key);
      if (!isOpen) return;
      setProgress(found);
      timer = setTimeout(() => void ask(), EVERY_MILLISECONDS);
    };
    void ask();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [key]);
  return progress;
}

async function readProgress(key: string): Promise<Progress> {
  try {
    const response = await fetch(`/welcome/${key}/state`, { cache: "no-store", credentials: "omit" });
    return response.ok ? ((await response.json()) as WelcomeAnswer) : "silent";
  } catch {
    return "silent";
  }
}
