import { failureOf } from "../../client/errors";
import { addTerms, readTerms, removeTerm } from "../../client/glossary";
import type { Terms, TermsToBackground } from "../../shared/messages";
import { raiseRevision, readServer } from "./store";

/** Read or change the reader's terms on the server; open pages then ask again. */
export async function answerTerms(message: TermsToBackground): Promise<Terms> {
  const server = await readServer();
  try {
    if (message.type === "options-to-background/terms") return { terms: await readTerms(server), failure: null };
    const terms =
      message.type === "options-to-background/add-terms"
        ? await addTerms(server, message.terms)
        : await removeTerm(server, message.source);
    await raiseRevision();
    return { terms, failure: null };
  } catch (thrown) {
    return { terms: null, failure: failureOf(thrown) };
  }
}
