import { readSettings, writeSettings } from "./store";

/** Keep what the server says that its program is called, for notices; a server of before the field says nothing. */
export async function keepProgram(program: string | undefined): Promise<void> {
  if (program !== undefined && program !== (await readSettings()).program) await writeSettings({ program });
}
