import { SERVER_SILENT } from "../shared/failure";
import { ClientError } from "./errors";

/** Time in which a server on this machine proves itself; one that takes longer hangs, or is none. */
export const PROOF_MILLISECONDS = 15_000;
/** For an answer in one piece. */
export const ANSWER_MILLISECONDS = 60_000;
/** Between two lines of a stream; the server says `alive` every few seconds. */
export const SILENCE_MILLISECONDS = 60_000;

export const silent = (): ClientError => new ClientError(SERVER_SILENT, "The server does not answer.");

/** What `task` gives. Raises ClientError SERVER_SILENT when it takes longer; an abort by `signal` is thrown as it is. */
export async function within<Result>(
  milliseconds: number,
  signal: AbortSignal | undefined,
  task: (limited: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = AbortSignal.timeout(milliseconds);
  try {
    const result = await task(signal ? AbortSignal.any([signal, limit]) : limit);
    limit.throwIfAborted();
    return result;
  } catch (thrown) {
    if (signal?.aborted || !limit.aborted) throw thrown;
    throw silent();
  }
}
