import { failureOf } from "../../client/errors";
import { pair } from "../../client/pairing";
import { askStatus, unpairedFailure } from "../../client/status";
import type { Connection, OptionsAnswers, OptionsToBackground, OptionsView } from "../../shared/messages";
import { showOnButton } from "./badge";
import { answerModels } from "./models";
import { keepProgram } from "./program";
import { forgetToken, readServer, readSettings, writeSettings, writeToken } from "./store";
import { answerTerms } from "./terms";
import { pairedServer } from "./ticket";

export async function answerOptions(message: OptionsToBackground): Promise<OptionsAnswers[keyof OptionsAnswers]> {
  switch (message.type) {
    case "options-to-background/read":
      return view();
    case "options-to-background/change":
      await writeSettings(message.change);
      return view();
    case "options-to-background/pair":
      return pairAndCheck(message.code);
    case "options-to-background/unpair":
      await forgetToken();
      return view();
    case "options-to-background/check":
      return check();
    case "options-to-background/terms":
    case "options-to-background/add-terms":
    case "options-to-background/remove-term":
      return answerTerms(message);
    case "options-to-background/models":
    case "options-to-background/choose":
      return answerModels(message);
  }
}

async function view(): Promise<OptionsView> {
  const [settings, server] = await Promise.all([readSettings(), readServer()]);
  return { settings, paired: server.token !== null };
}

async function pairAndCheck(code: string): Promise<Connection> {
  const { address } = await readSettings();
  try {
    await writeToken(address, await pair(address, code));
  } catch (thrown) {
    return { status: null, failure: failureOf(thrown) };
  }
  return check();
}

/** Whether the server answers and agrees with us; the toolbar button then tells it too. */
export async function check(): Promise<Connection> {
  const connection = await connect();
  await showOnButton(connection.failure);
  return connection;
}

async function connect(): Promise<Connection> {
  const server = await pairedServer();
  if (server.token === null) return { status: null, failure: await unpairedFailure(server.origin) };
  try {
    const status = await askStatus(server);
    await keepProgram(status.program);
    return { status, failure: null };
  } catch (thrown) {
    return { status: null, failure: failureOf(thrown) };
  }
}
