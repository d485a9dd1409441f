import { useState } from "preact/hooks";
import { failureOf } from "../client/errors";
import { pair } from "../client/pairing";
import { NOT_PAIRED, type Failure } from "../shared/failure";
import { readToken, writeToken } from "./store";

/** This page's own pairing with the server that serves it. */
export function usePairing() {
  const [token, setToken] = useState(readToken);
  const [failure, setFailure] = useState<Failure | null>(null);
  const keep = (given: string | null): void => {
    writeToken(given);
    setToken(given);
  };
  const onCode = async (code: string): Promise<void> => {
    try {
      keep(await pair(location.origin, code));
      setFailure(null);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  };
  /** A token that the server no longer knows is of no use. */
  const onFailure = (given: Failure): void => {
    if (given.code === NOT_PAIRED) keep(null);
  };
  return { token, failure, onCode, onFailure };
}
