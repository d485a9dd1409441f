import { useRef, useState } from "preact/hooks";
import { failureOf } from "../client/errors";
import { gloss } from "../client/gloss";
import type { Server } from "../client/server";
import { initialState, reduce, typesetterOf, type PanelEvent, type PanelState, type Typeset } from "../panel";
import type { Failure } from "../shared/failure";
import type { PaperText } from "../shared/messages";
import type { GlossRequest } from "../shared/wire";

export interface AbstractReader {
  /** Null until a paper was asked for. */
  state: PanelState | null;
  typeset: Typeset | null;
  dispatch: (event: PanelEvent) => void;
  ask: (paper: PaperText) => void;
  /** Let go of the paper. */
  close: () => void;
}

/** One abstract at a time: asking for another lets go of the one before. */
export function useGloss(server: Server, target: string, onFailure: (failure: Failure) => void): AbstractReader {
  const [state, setState] = useState<PanelState | null>(null);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  const running = useRef<AbortController | null>(null);

  const dispatch = (event: PanelEvent): void => setState((known) => known && reduce(known, event));
  const ask = async (paper: PaperText): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    void import("temml").then((module) => setTypeset(() => typesetterOf(module.default)));
    setState(reduce(initialState(paper), { type: "asked", paper, again: true }));
    try {
      for await (const event of gloss(server, requestFor(paper, target), controller.signal)) {
        dispatch({ type: "wire", event });
      }
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const failure = failureOf(thrown);
      onFailure(failure);
      dispatch({ type: "failed", failure });
    }
  };
  const close = (): void => {
    running.current?.abort();
    setState(null);
  };
  return { state, typeset, dispatch, ask: (paper) => void ask(paper), close };
}

function requestFor({ id, title, abstract }: PaperText, target: string): GlossRequest {
  return {
    target,
    ...(id === null ? {} : { id }),
    ...(title === null ? {} : { title }),
    ...(abstract === "" ? {} : { abstract }),
  };
}
