import { NOT_PAIRED, WRONG_CODE } from "../shared/failure";
import type { PairAnswer } from "../shared/wire";
import { askFor } from "./answer";
import { ClientError } from "./errors";
import { type Fetch } from "./server";

/** Exchange the code that `arxiv-gloss pair` shows in the terminal for a token. */
export function pair(origin: string, code: string, fetch?: Fetch): Promise<string> {
  return trade(origin, "/v1/pair", { code: code.replace(/\s/g, "") }, fetch);
}

/** Exchange the ticket that `arxiv-gloss start` leaves in the extension's folder for a token. */
export function redeem(origin: string, ticket: string, fetch?: Fetch): Promise<string> {
  return trade(origin, "/v1/pair/ticket", { ticket }, fetch);
}

async function trade(origin: string, path: `/v1/${string}`, body: object, fetch?: Fetch): Promise<string> {
  const { token } = await askFor<PairAnswer>(
    { origin, token: null },
    { method: "POST", path, body },
    (answer) => typeof answer?.token === "string" && answer.token !== "",
    "The server did not give a token.",
    fetch,
  ).catch((thrown: unknown) => {
    const refused = thrown instanceof ClientError && [NOT_PAIRED, "not_allowed"].includes(thrown.failure.code);
    throw refused ? new ClientError(WRONG_CODE, thrown.message) : thrown;
  });
  return token;
}
