/**
 * Who is on the port? The server proves that it holds this pairing's secret before it is told anything of worth, and we
 * prove the same of ourselves for each call, so that the token never travels (routes/challenges.py says how).
 */
import type { ChallengeAnswer } from "../shared/wire";

/** What a pairing is proved by; made from its token. */
export interface Secret {
  /** The name of the pairing. */
  name: string;
  key: CryptoKey;
}

const PROOF = /^[0-9a-f]{64}$/;
const NONCE_BYTES = 16;

export async function secretOf(token: string): Promise<Secret> {
  const hash = await crypto.subtle.digest("SHA-256", utf8(token));
  const key = await crypto.subtle.importKey("raw", hash, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return { key, name: (await mac(key, "pairing")).slice(0, 32) };
}

export function newNonce(): string {
  return hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

/** Whether whoever answered on the port of `origin` holds the secret; an answer of any shape may be given. */
export async function isProved(
  { key }: Secret,
  origin: string,
  nonce: string,
  answer: Partial<ChallengeAnswer> | null,
): Promise<boolean> {
  if (typeof answer?.nonce !== "string" || typeof answer.proof !== "string" || !PROOF.test(answer.proof)) return false;
  return answer.proof === (await mac(key, "server", portOf(origin), nonce, answer.nonce));
}

/** The header `X-Arxiv-Gloss-Proof` of one call, by the nonce that the server gave for it. */
export async function proofOf(
  { name, key }: Secret,
  origin: string,
  method: string,
  path: string,
  nonce: string,
): Promise<string> {
  const call = `${method} ${path.split("?", 1)[0] ?? ""}`;
  return `${name}.${nonce}.${await mac(key, "client", portOf(origin), call, nonce)}`;
}

async function mac(key: CryptoKey, ...parts: string[]): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(parts.join("\n")))));
}

const portOf = (origin: string): string => new URL(origin).port || "80";
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
