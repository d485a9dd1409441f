import type { SettingsAnswer, SettingsRequest } from "../shared/wire";
import { askFor } from "./answer";
import { type Fetch, type Question, type Server } from "./server";

const PATH = "/v1/settings";

/** Which bundles are installed, and which of them are chosen. Raises ClientError as `ask` does. */
export function readModels(server: Server, fetch?: Fetch): Promise<SettingsAnswer> {
  return settingsOf(server, { method: "GET", path: PATH }, fetch);
}

export function chooseModels(server: Server, change: SettingsRequest, fetch?: Fetch): Promise<SettingsAnswer> {
  return settingsOf(server, { method: "PUT", path: PATH, body: change }, fetch);
}

function settingsOf(server: Server, question: Question, fetch?: Fetch): Promise<SettingsAnswer> {
  const isOurs = (answer: { translators?: unknown } | null): boolean => Array.isArray(answer?.translators);
  return askFor<SettingsAnswer>(server, question, isOurs, "The server did not give its settings.", fetch);
}
