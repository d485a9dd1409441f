/**
 * What outlives the worker: settings and token, in storage.local, which pages' content scripts can not read.
 *
 * The token stays with the address that gave it: another address begins unpaired.
 */
import { browser } from "wxt/browser";
import type { Server } from "../../client/server";
import { lookOf, settingsFrom, type Settings } from "../../shared/settings";
import { LOOK } from "../../shared/storage";

const SETTINGS = "settings";
const PAIRING = "pairing";

interface Pairing {
  origin: string;
  token: string;
}

/** Content scripts run beside the code of strangers; Chrome lets them at storage.local unless told not to. */
export async function shutOutPages(): Promise<void> {
  const { local } = browser.storage;
  // Firefox has no such call; there only this extension's own content scripts could read it, and they do not.
  if ("setAccessLevel" in local) await local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function readSettings(): Promise<Settings> {
  return settingsFrom((await browser.storage.local.get(SETTINGS))[SETTINGS]);
}

/** Changes are made one after the other: two at once would each write back what the other had not changed yet. */
let written: Promise<unknown> = Promise.resolve();

/** `change` is made on the settings as they are then. */
export function writeSettings(
  change: Partial<Settings> | ((settings: Settings) => Partial<Settings>),
): Promise<Settings> {
  const writing = written.then(async () => {
    const before = await readSettings();
    const settings = settingsFrom({ ...before, ...(typeof change === "function" ? change(before) : change) });
    await browser.storage.local.set({ [SETTINGS]: settings });
    await showLook();
    return settings;
  });
  written = writing.catch(() => undefined);
  return writing;
}

/** Tell of every change; returns how to stop it. */
export function watchSettings(listener: (settings: Settings) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>): void => {
    const changed = changes[SETTINGS];
    if (changed) listener(settingsFrom(changed.newValue));
  };
  browser.storage.local.onChanged.addListener(onChanged);
  return () => browser.storage.local.onChanged.removeListener(onChanged);
}

/**
 * Put a copy of the look, and of nothing else, where content scripts can read it at once: waking this worker takes
 * longer than a page takes to its first paint. Firefox has no such place; there the worker is waited for.
 */
export async function showLook(): Promise<void> {
  const { session } = browser.storage;
  if (!("setAccessLevel" in session)) return;
  await session.setAccessLevel({ accessLevel: "TRUSTED_AND_UNTRUSTED_CONTEXTS" });
  await session.set({ [LOOK]: lookOf(await readSettings()) });
}

export async function readServer(): Promise<Server> {
  const { address } = await readSettings();
  const pairing = (await browser.storage.local.get(PAIRING))[PAIRING] as Partial<Pairing> | undefined;
  const ours = pairing?.origin === address && typeof pairing.token === "string";
  return { origin: address, token: ours ? (pairing.token ?? null) : null };
}

export async function writeToken(origin: string, token: string): Promise<void> {
  const pairing: Pairing = { origin, token };
  await browser.storage.local.set({ [PAIRING]: pairing });
}

export async function forgetToken(): Promise<void> {
  await browser.storage.local.remove(PAIRING);
}
