/**
 * Something that went wrong, as the panel and the options page show it.
 *
 * `code` is the server's own (errors.py) or one of those below; `message` is an English sentence for codes that this
 * extension has no words for.
 */
export interface Failure {
  code: string;
  message: string;
  params?: Record<string, string>;
}

/** Codes that arise on this side of the wire. */
export const SERVER_DOWN = "server_down";
export const SERVER_SILENT = "server_silent";
export const ANOTHER_PROGRAM = "another_program";
export const NOT_PAIRED = "not_paired";
export const WRONG_CODE = "wrong_code";
export const SERVER_TOO_OLD = "server_too_old";
export const EXTENSION_TOO_OLD = "extension_too_old";
export const INTERRUPTED = "interrupted";
export const UNREADABLE_ANSWER = "unreadable_answer";
export const EXTENSION_RELOADED = "extension_reloaded";
export const NOT_LOOPBACK = "not_loopback";
