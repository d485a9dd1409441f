import type { Failure } from "../shared/failure";
import { commandFor } from "../shared/words";
import { useFrame } from "./frame";

const NEEDS_OPTIONS = new Set(["not_paired", "not_allowed", "unknown_target", "unreadable_answer", "another_program"]);

/** What went wrong, in the reader's words, and what to do about it. */
export function Notice({
  failure,
  onRetry,
  onOptions,
}: {
  failure: Failure;
  onRetry: () => void;
  onOptions: (() => void) | null;
}) {
  const { words, program } = useFrame();
  const known = words.failures[failure.code];
  const command = commandFor(failure.code, program);
  return (
    <div class="notice">
      <p>{known ?? failure.message}</p>
      {command && (
        <p>
          <code>{command}</code>
        </p>
      )}
      {known && failure.code === "internal" && <p class="detail">{failure.message}</p>}
      <p class="choices">
        <button type="button" class="button" onClick={onRetry}>
          {words.retry}
        </button>
        {onOptions && (
          <button type="button" class={NEEDS_OPTIONS.has(failure.code) ? "button first" : "link"} onClick={onOptions}>
            {words.options}
          </button>
        )}
      </p>
    </div>
  );
}
