import { useRef, useState } from "preact/hooks";
import { failureOf } from "../client/errors";
import type { Server } from "../client/server";
import { glossWhole, type HtmlPage, type WholePaper } from "../client/whole";
import { initialWhole, reduceWhole, typesetterOf, type Typeset, type WholeState } from "../panel";
import type { Failure } from "../shared/failure";
import type { FigureCaption, WholeEvent } from "../shared/wire";

export interface WholeReader {
  /** Null until a paper was asked for. */
  whole: WholeState | null;
  typeset: Typeset | null;
  ask: (paper: WholePaper) => void;
  again: () => void;
  /** Let go of the paper. */
  close: () => void;
}

export interface Asking {
  server: Server;
  target: string;
}

/** One whole paper at a time: asking for another lets go of the one before. */
export function useWhole(asking: () => Promise<Asking>, onFailure?: (failure: Failure) => void): WholeReader {
  const [whole, setWhole] = useState<WholeState | null>(null);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  const running = useRef<AbortController | null>(null);
  const asked = useRef<WholePaper | null>(null);

  const receive = (event: WholeEvent): void => setWhole((known) => known && reduceWhole(known, event));
  const fail = (failure: Failure): void => {
    onFailure?.(failure);
    receive({ event: "error", ...failure });
  };
  /** A page's pictures are not sent to the server and back. */
  const addPicture = async (page: HtmlPage, { index, pictures }: FigureCaption, signal: AbortSignal): Promise<void> => {
    const png = pictures.length > 0 ? await page.readPicture(pictures).catch(() => null) : null;
    if (png !== null && !signal.aborted) receive({ event: "picture", index, png });
  };
  const run = async (paper: WholePaper): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    asked.current = paper;
    setWhole(initialWhole("id" in paper ? paper.id : null));
    void import("temml").then((module) => setTypeset(() => typesetterOf(module.default)));
    try {
      const { server, target } = await asking();
      for await (const event of glossWhole(server, paper, target, controller.signal)) {
        receive(event);
        if ("html" in paper && event.event === "figure") void addPicture(paper, event, controller.signal);
      }
    } catch (thrown) {
      if (!controller.signal.aborted) fail(failureOf(thrown));
    }
  };
  return {
    whole,
    typeset,
    ask: (paper) => void run(paper),
    close: () => {
      running.current?.abort();
      setWhole(null);
    },
    again: () => void (asked.current && run(asked.current)),
  };
}
