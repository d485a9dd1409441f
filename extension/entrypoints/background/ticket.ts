/**
 * Pairing without a code: `arxiv-gloss start` leaves a ticket, good once and for ten minutes, as `pairing.json` in the
 * folder that this extension is loaded from. No page can read it there; an extension from a shop has none.
 */
import { browser } from "wxt/browser";
import { storage } from "wxt/utils/storage";
import { failureOf } from "../../client/errors";
import { redeem } from "../../client/pairing";
import type { Server } from "../../client/server";
import { WRONG_CODE } from "../../shared/failure";
import { loopbackOrigin } from "../../shared/settings";
import { readServer, writeSettings, writeToken } from "./store";

interface Invitation {
  address: string;
  ticket: string;
}

/** The ticket that was taken or refused last: it is not asked with again. */
const spentItem = storage.defineItem<string>("local:spent-ticket");

/** The server; if there is no token for it, with the one that a ticket in the folder gives, if one does. */
export async function pairedServer(): Promise<Server> {
  const server = await readServer();
  if (server.token !== null) return server;
  await redeemOnce();
  return readServer();
}

/**
 * The server has refused this token: whether there is another now, of another page's asking or by a ticket. Whoever refuses
 * it has not proved itself, so the token is kept until then.
 */
export async function pairAgain(refused: string): Promise<boolean> {
  await redeemOnce();
  const { token } = await readServer();
  return token !== null && token !== refused;
}

let running: Promise<void> | null = null;

/** Several pages may ask at once, and a ticket is good once. */
function redeemOnce(): Promise<void> {
  running ??= redeemTicket().finally(() => (running = null));
  return running;
}

async function redeemTicket(): Promise<void> {
  const invitation = await readInvitation();
  if (!invitation || invitation.ticket === (await spentItem.getValue())) return;
  const { address, ticket } = invitation;
  try {
    const token = await redeem(address, ticket);
    await writeSettings({ address });
    await writeToken(address, token);
  } catch (thrown) {
    if (failureOf(thrown).code !== WRONG_CODE) return; // the server may answer the next time
  }
  await spentItem.setValue(ticket);
}

async function readInvitation(): Promise<Invitation | null> {
  const file = browser.runtime.getURL("/pairing.json" as "/");
  const found = (await fetch(file, { cache: "no-store" }).then(
    (response) => response.json(),
    () => null,
  )) as Partial<Invitation> | null;
  const address = typeof found?.address === "string" ? loopbackOrigin(found.address) : null;
  return address !== null && typeof found?.ticket === "string" ? { address, ticket: found.ticket } : null;
}
