import { UNREADABLE_ANSWER } from "../shared/failure";
import type { DigestsAnswer } from "../shared/wire";
import { ClientError } from "./errors";
import { ask, type Fetch, type Server } from "./server";

/** The digests made on this machine, and where their pages are. Raises ClientError as `ask` does. */
export async function readDigests(server: Server, fetch?: Fetch): Promise<DigestsAnswer> {
  const response = await ask(server, { method: "GET", path: "/v1/digests" }, fetch);
  const answer = (await response.json().catch(() => null)) as DigestsAnswer | null;
  if (!Array.isArray(answer?.digests)) throw new ClientError(UNREADABLE_ANSWER, "The server did not give its digests.");
  return answer;
}
