import { UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";

/** Units of a line; only the picture of a figure comes near, and more without a line end is not our server. */
const MAX_LINE = 1 << 25;

/** The lines of a body as they arrive, whatever the chunks they come in; stopping early closes the connection. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      yield* lines.filter((line) => line.trim() !== "");
      if (done) break;
      if (rest.length > MAX_LINE) throw new ClientError(UNREADABLE_ANSWER, "The server sent a line without an end.");
    }
    if (rest.trim() !== "") yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
