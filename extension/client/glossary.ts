import type { GlossaryAnswer, NewTerm, TermAnswer } from "../shared/wire";
import { askFor } from "./answer";
import { type Fetch, type Question, type Server } from "./server";

const PATH = "/v1/glossary";

/** The reader's terms. Like the others here it raises ClientError as `ask` does. */
export function readTerms(server: Server, fetch?: Fetch): Promise<TermAnswer[]> {
  return termsOf(server, { method: "GET", path: PATH }, fetch);
}

/** Add terms, each in the place of an earlier one of the same name; the terms as they are then. */
export function addTerms(server: Server, terms: NewTerm[], fetch?: Fetch): Promise<TermAnswer[]> {
  return termsOf(server, { method: "POST", path: PATH, body: { terms } }, fetch);
}

export function removeTerm(server: Server, source: string, fetch?: Fetch): Promise<TermAnswer[]> {
  return termsOf(server, { method: "DELETE", path: PATH, body: { source } }, fetch);
}

async function termsOf(server: Server, question: Question, fetch?: Fetch): Promise<TermAnswer[]> {
  const isOurs = (answer: { terms?: unknown } | null): boolean => Array.isArray(answer?.terms);
  return (await askFor<GlossaryAnswer>(server, question, isOurs, "The server did not give its terms.", fetch)).terms;
}
