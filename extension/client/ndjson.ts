import { UNREADABLE_ANSWER } from "../shared/failure";
import { ClientError } from "./errors";
import { SILENCE_MILLISECONDS, silent } from "./limits";

/** Units of a line; only the picture of a figure comes near, and more without a line end is not our server. */
const MAX_LINE = 1 << 25;

/**
 * The lines of a body as they arrive, whatever the chunks they come in; stopping early closes the connection.
 *
 * Raises ClientError: UNREADABLE_ANSWER for a line longer than `longest`, SERVER_SILENT when nothing comes for long.
 */
export async function* linesOf(body: ReadableStream<Uint8Array>, longest = MAX_LINE): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await readSoon(reader);
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      yield* lines.filter((line) => line.trim() !== "");
      if (done) break;
      if (rest.length > longest) throw new ClientError(UNREADABLE_ANSWER, "The server sent a line without an end.");
    }
    if (rest.trim() !== "") yield rest;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function readSoon(reader: ReadableStreamDefaultReader<Uint8Array>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(silent()), SILENCE_MILLISECONDS);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}
