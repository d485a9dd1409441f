import type { SavedAnswer, SavedPaper } from "../shared/wire";
import { askFor } from "./answer";
import { ask, type Fetch, type Question, type Server } from "./server";

const PATH = "/v1/saved";
export type Form = "bibtex" | "ris" | "markdown";

/** The reader's saved papers, the newest first. Like the others here it raises ClientError as `ask` does. */
export function readSaved(server: Server, fetch?: Fetch): Promise<SavedPaper[]> {
  return papersOf(server, { method: "GET", path: PATH }, fetch);
}

/** Save a paper; all saved papers as they are then. */
export function savePaper(server: Server, paper: SavedPaper, fetch?: Fetch): Promise<SavedPaper[]> {
  return papersOf(server, { method: "POST", path: PATH, body: { papers: [paper] } }, fetch);
}

export function forgetPaper(server: Server, id: string, fetch?: Fetch): Promise<SavedPaper[]> {
  return papersOf(server, { method: "DELETE", path: PATH, body: { id } }, fetch);
}

/** All of them as the text of a file. */
export async function exportSaved(server: Server, form: Form, fetch?: Fetch): Promise<string> {
  return (await ask(server, { method: "GET", path: `${PATH}?form=${form}` }, fetch)).text();
}

async function papersOf(server: Server, question: Question, fetch?: Fetch): Promise<SavedPaper[]> {
  const isOurs = (answer: { papers?: unknown } | null): boolean => Array.isArray(answer?.papers);
  return (await askFor<SavedAnswer>(server, question, isOurs, "The server did not give its papers.", fetch)).papers;
}
