import { NOT_PAIRED, WRONG_CODE } from "../shared/failure";
import type { PairAnswer } from "../shared/wire";
import { askFor } from "./answer";
import { ClientError } from "./errors";
import { type Fetch } from "./server";

/** Exchange the code that `arxiv-gloss pair` shows in the terminal for a token. */
export async function pair(origin: string, code: string, fetch?: Fetch): Promise<string> {
  const question = { method: "POST", path: "/v1/pair", body: { code: code.replace(/\s/g, "") } } as const;
  const { token } = await askFor<PairAnswer>(
    { origin, token: null },
    question,
    (answer) => typeof answer?.token === "string" && answer.token !== "",
    "The server did not give a token.",
    fetch,
  ).catch((thrown: unknown) => {
    const refused = thrown instanceof ClientError && [NOT_PAIRED, "not_allowed"].includes(thrown.failure.code);
    throw refused ? new ClientError(WRONG_CODE, thrown.message) : thrown;
  });
  return token;
}
