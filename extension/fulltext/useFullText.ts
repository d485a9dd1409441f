import { useRef, useState } from "preact/hooks";
import { failureOf } from "../client/errors";
import type { Server } from "../client/server";
import { glossFullText, type FullTextSource, type HtmlPage } from "../client/fulltext";
import { initialFullText, reduceFullText, typesetterOf, type FullTextState, type Typeset } from "../panel";
import type { Failure } from "../shared/failure";
import type { FigureCaption, WholeEvent } from "../shared/wire";

export interface FullTextReader {
  /** Null until a paper was asked for. */
  fullText: FullTextState | null;
  typeset: Typeset | null;
  ask: (paper: FullTextSource) => void;
  again: () => void;
  /** Let go of the paper. */
  close: () => void;
}

export interface Question {
  server: Server;
  target: string;
}

type Receive = (event: WholeEvent) => void;

/** One whole paper at a time: asking for another lets go of the one before. */
export function useFullText(prepare: () => Promise<Question>, onFailure?: (failure: Failure) => void): FullTextReader {
  const [fullText, setFullText] = useState<FullTextState | null>(null);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  const running = useRef<AbortController | null>(null);
  const asked = useRef<FullTextSource | null>(null);

  const receive: Receive = (event) => setFullText((known) => known && reduceFullText(known, event));
  const run = async (paper: FullTextSource): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    asked.current = paper;
    setFullText(initialFullText("id" in paper ? paper.id : null));
    void import("temml").then((module) => setTypeset(() => typesetterOf(module.default)));
    try {
      await stream(paper, await prepare(), controller.signal, receive);
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const failure = failureOf(thrown);
      onFailure?.(failure);
      receive({ event: "error", ...failure });
    }
  };
  return {
    fullText,
    typeset,
    ask: (paper) => void run(paper),
    close: () => {
      running.current?.abort();
      setFullText(null);
    },
    again: () => void (asked.current && run(asked.current)),
  };
}

async function stream(
  paper: FullTextSource,
  { server, target }: Question,
  signal: AbortSignal,
  receive: Receive,
): Promise<void> {
  for await (const event of glossFullText(server, paper, target, signal)) {
    receive(event);
    if ("html" in paper && event.event === "figure") void addPicture(paper, event, signal, receive);
  }
}

/** A page's pictures are not sent to the server and back. */
async function addPicture(
  page: HtmlPage,
  { index, pictures }: FigureCaption,
  signal: AbortSignal,
  receive: Receive,
): Promise<void> {
  const png = pictures.length > 0 ? await page.readPicture(pictures).catch(() => null) : null;
  if (png !== null && !signal.aborted) receive({ event: "picture", index, png });
}
