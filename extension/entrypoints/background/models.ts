import { failureOf } from "../../client/errors";
import { chooseModels, readModels } from "../../client/models";
import type { Models, ModelsToBackground } from "../../shared/messages";
import { raiseRevision, readServer } from "./store";

/** Read or change which models do what; pages that are open then gloss again. */
export async function answerModels(message: ModelsToBackground): Promise<Models> {
  const server = await readServer();
  try {
    if (message.type === "options-to-background/models") return { settings: await readModels(server), failure: null };
    const settings = await chooseModels(server, message.change);
    await raiseRevision();
    return { settings, failure: null };
  } catch (thrown) {
    return { settings: null, failure: failureOf(thrown) };
  }
}
