import { UNREADABLE_ANSWER, WRONG_CODE, NOT_PAIRED } from "../shared/failure";
import type { PairAnswer } from "../shared/wire";
import { ClientError } from "./errors";
import { ask, type Fetch } from "./server";

/** Exchange the code that `arxiv-gloss pair` shows in the terminal for a token. */
export async function pair(origin: string, code: string, fetch?: Fetch): Promise<string> {
  const question = { method: "POST", path: "/v1/pair", body: { code: code.replace(/\s/g, "") } } as const;
  const response = await ask({ origin, token: null }, question, fetch).catch((thrown: unknown) => {
    const refused = thrown instanceof ClientError && [NOT_PAIRED, "not_allowed"].includes(thrown.failure.code);
    throw refused ? new ClientError(WRONG_CODE, thrown.message) : thrown;
  });
  const answer = (await response.json().catch(() => null)) as Partial<PairAnswer> | null;
  if (typeof answer?.token !== "string" || answer.token === "") {
    throw new ClientError(UNREADABLE_ANSWER, "The server did not give a token.");
  }
  return answer.token;
}
