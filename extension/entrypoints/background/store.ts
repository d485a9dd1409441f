/**
 * What outlives the worker: settings and token, in storage.local, which pages' content scripts cannot read.
 *
 * The token stays with the address that gave it: another address begins unpaired.
 */
import { browser } from "wxt/browser";
import { storage } from "wxt/utils/storage";
import type { Server } from "../../client/server";
import { DEFAULTS, pageSettingsOf, settingsFrom, type Settings } from "../../shared/settings";
import { PAGE_SETTINGS } from "../../shared/storage-keys";

interface Pairing {
  origin: string;
  token: string;
}

const FIRST_KEYS = { next: ".", previous: ",", open: "1", hide: "2", save: "3" };
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What is read may be of any shape all the same: `settingsFrom` sees to that. */
const settingsItem = storage.defineItem<unknown>("local:settings", {
  fallback: DEFAULTS,
  version: 3,
  migrations: {
    // `terms` was the revision's name.
    2: ({ terms, ...others }: Record<string, unknown>) => ({ ...others, revision: terms }),
    // The keys of lists were these until a reader chose others.
    3: ({ keys, ...others }: Record<string, unknown>) => (isEqual(keys, FIRST_KEYS) ? others : { ...others, keys }),
  },
});
const pairingItem = storage.defineItem<Partial<Pairing>>("local:pairing");

/** Content scripts run beside the code of strangers; Chrome lets them at storage.local unless it is restricted. */
export async function restrictStorage(): Promise<void> {
  const { local } = browser.storage;
  // Firefox has no such call; there only this extension's own content scripts could read it, and they do not.
  if ("setAccessLevel" in local) await local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

export async function readSettings(): Promise<Settings> {
  return settingsFrom(await settingsItem.getValue());
}

/** Changes are made one after the other: two at once would each write back what the other had not changed yet. */
let lastWrite: Promise<unknown> = Promise.resolve();

/** `change` is made on the settings as they are then. */
export function writeSettings(
  change: Partial<Settings> | ((settings: Settings) => Partial<Settings>),
): Promise<Settings> {
  const writing = lastWrite.then(async () => {
    const before = await readSettings();
    const settings = settingsFrom({ ...before, ...(typeof change === "function" ? change(before) : change) });
    await settingsItem.setValue(settings);
    await publishPageSettings();
    return settings;
  });
  lastWrite = writing.catch(() => undefined);
  return writing;
}

/** Glosses are other ones now: open pages ask again. */
export async function raiseRevision(): Promise<void> {
  await writeSettings(({ revision }) => ({ revision: revision + 1 }));
}

/** Call back with every change; returns how to stop it. */
export function watchSettings(listener: (settings: Settings) => void): () => void {
  return settingsItem.watch((settings) => listener(settingsFrom(settings)));
}

/**
 * Put a copy of the page settings, and of nothing else, where content scripts can read it at once: waking this worker
 * takes longer than a page takes to its first paint. Firefox has no such place; there the worker is waited for.
 */
export async function publishPageSettings(): Promise<void> {
  const { session } = browser.storage;
  if (!("setAccessLevel" in session)) return;
  await session.setAccessLevel({ accessLevel: "TRUSTED_AND_UNTRUSTED_CONTEXTS" });
  await session.set({ [PAGE_SETTINGS]: pageSettingsOf(await readSettings()) });
}

export async function readServer(): Promise<Server> {
  const [{ address }, pairing] = await Promise.all([readSettings(), pairingItem.getValue()]);
  const isOurs = pairing?.origin === address && typeof pairing.token === "string";
  return { origin: address, token: isOurs ? (pairing.token ?? null) : null };
}

export async function writeToken(origin: string, token: string): Promise<void> {
  await pairingItem.setValue({ origin, token });
}

export async function forgetToken(): Promise<void> {
  await pairingItem.removeValue();
}
