import { UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";
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
  const response = await ask(server, question, fetch);
  const answer = (await response.json().catch(() => null)) as Partial<Answer> | null;
  if (!isOurs(answer)) throw new ClientError(UNREADABLE_ANSWER, message);
  return answer as Answer;
}
