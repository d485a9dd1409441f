import { UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";
import { ANSWER_MILLISECONDS, within } from "./limits";
import { ask, type Fetch, type Question, type Server } from "./server";

/**
 * The answer to a question as JSON. Raises ClientError as `ask` does, and with `message` when the answer is not one that
 * `isOurs` knows.
 */
export async function askFor<Answer>(
  server: Server,
  question: Question,
  isOurs: (answer: Partial<Answer> | null) => boolean,
  message: string,
  fetch?: Fetch,
): Promise<Answer> {
  const answer = await within(ANSWER_MILLISECONDS, question.signal, async (signal) => {
    const response = await ask(server, { ...question, signal }, fetch);
    return (await response.json().catch(() => null)) as Partial<Answer> | null;
  });
  if (!isOurs(answer)) throw new ClientError(UNREADABLE_ANSWER, message);
  return answer as Answer;
}
