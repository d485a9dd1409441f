import type { TriageChange, TriageAnswer, TriagedPaper } from "../shared/wire";
import { askFor } from "./answer";
import type { Fetch, Server } from "./server";

/** Make the changes, then tell which of `ids` are hidden or seen. Raises ClientError as `ask` does. */
export async function askTriage(
  server: Server,
  request: { ids?: string[]; changes?: TriageChange[] },
  fetch?: Fetch,
): Promise<TriagedPaper[]> {
  const isOurs = (answer: { papers?: unknown } | null): boolean => Array.isArray(answer?.papers);
  const question = { method: "POST", path: "/v1/triage", body: request } as const;
  const message = "The server did not say which papers are hidden.";
  return (await askFor<TriageAnswer>(server, question, isOurs, message, fetch)).papers;
}
