import type { Failure } from "../shared/failure";
import { commandFor, type Words } from "../shared/words";

interface FailureLineProps {
  failure: Failure;
  words: Words;
  /** What the reader types in a terminal to run the server's program. */
  program: string;
}

/** What went wrong, and the command against it where there is one. */
export function FailureLine({ failure, words, program }: FailureLineProps) {
  const command = commandFor(failure.code, program);
  return (
    <>
      {words.failures[failure.code] ?? failure.message} {command && <code>{command}</code>}
    </>
  );
}
