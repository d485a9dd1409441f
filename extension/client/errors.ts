import type { Failure } from "../shared/failure";

/** The one error that this room raises; what the panel shows is in `failure`. */
export class ClientError extends Error {
  readonly failure: Failure;

  constructor(code: string, message: string, params?: Record<string, string>) {
    super(message);
    this.name = "ClientError";
    this.failure = params ? { code, message, params } : { code, message };
  }
}

/** What to show for anything that was thrown. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof ClientError) return thrown.failure;
  return { code: "internal", message: thrown instanceof Error ? thrown.message : String(thrown) };
}
