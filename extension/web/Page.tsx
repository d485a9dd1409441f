import { useEffect, useRef, useState } from "preact/hooks";
import { failureOf } from "../client/errors";
import { gloss } from "../client/gloss";
import { pair } from "../client/pairing";
import {
  initialState,
  Panel,
  reduce,
  typesetterOf,
  type Frame,
  type PanelEvent,
  type PanelState,
  type Typeset,
} from "../panel";
import { NOT_PAIRED, type Failure } from "../shared/failure";
import type { WholePaper } from "../client/whole";
import type { PaperText } from "../shared/messages";
import { interfaceFor } from "../shared/words";
import { droppedPdf, PdfForm } from "../reader/PdfForm";
import { useWhole } from "../reader/useWhole";
import { Digests } from "./Digests";
import { Original } from "./Original";
import { PairingForm } from "./PairingForm";
import { PaperForm } from "./PaperForm";
import { Pdf } from "./Pdf";
import { readSettings, readToken, writeToken } from "./store";
import "../panel/panel.css";
import "../panel/whole/whole.css";

/** Paste an abstract, see the same panel as on arXiv. The server that serves this page is the one that is asked. */
export function Page() {
  const [settings] = useState(readSettings);
  const [token, setToken] = useState(readToken);
  const [pairingFailure, setPairingFailure] = useState<Failure | null>(null);
  const [state, setState] = useState<PanelState | null>(null);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  const running = useRef<AbortController | null>(null);
  const spoken = interfaceFor(settings.language, navigator.language);
  const { words, lang } = spoken;

  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = words.web.title;
  }, [lang, words]);

  const dispatch = (event: PanelEvent): void => setState((known) => known && reduce(known, event));
  const ask = async (paper: PaperText): Promise<void> => {
    running.current?.abort();
    reader.close();
    const controller = new AbortController();
    running.current = controller;
    void import("temml").then((module) => setTypeset(() => typesetterOf(module.default)));
    setState(reduce(initialState(paper), { type: "asked", paper, again: true }));
    const request = {
      target: settings.target,
      ...(paper.id === null ? {} : { id: paper.id }),
      ...(paper.title === null ? {} : { title: paper.title }),
      ...(paper.abstract === "" ? {} : { abstract: paper.abstract }),
    };
    try {
      for await (const event of gloss({ origin: location.origin, token }, request, controller.signal)) {
        dispatch({ type: "wire", event });
      }
    } catch (thrown) {
      if (controller.signal.aborted) return;
      const failure = failureOf(thrown);
      forget(failure);
      dispatch({ type: "failed", failure });
    }
  };
  /** A token that the server no longer knows is of no use. */
  const forget = (failure: Failure): void => {
    if (failure.code !== NOT_PAIRED) return;
    writeToken(null);
    setToken(null);
  };
  const asking = { server: { origin: location.origin, token }, target: settings.target };
  const reader = useWhole(() => Promise.resolve(asking), forget);
  const askWhole = (paper: WholePaper): void => {
    running.current?.abort();
    setState(null);
    reader.ask(paper);
  };
  const onCode = async (code: string): Promise<void> => {
    try {
      const given = await pair(location.origin, code);
      writeToken(given);
      setToken(given);
      setPairingFailure(null);
    } catch (thrown) {
      setPairingFailure(failureOf(thrown));
    }
  };

  const targetLang = settings.target === "zh" ? "zh-CN" : settings.target;
  const frame: Frame | null = state && { state, dispatch, words, targetLang, typeset };

  return (
    <div {...(token === null ? {} : droppedPdf(askWhole))}>
      <h1>{words.web.title}</h1>
      {token === null ? (
        <PairingForm words={words} failure={pairingFailure} onCode={onCode} />
      ) : (
        <>
          <PaperForm words={words} onPaper={(paper) => void ask(paper)} />
          <PdfForm words={words} onPaper={askWhole} />
          {!state && !reader.whole && <Digests server={asking.server} words={words} />}
          <Pdf reader={reader} settings={settings} interface={spoken} />
        </>
      )}
      {frame && token !== null && (
        <div class="sheet">
          <Original frame={frame} title={words.web.original} />
          <Panel
            frame={frame}
            actions={{
              gloss: () => void ask(frame.state.paper),
              glossAgain: () => void ask(frame.state.paper),
              copy: (markdown) => navigator.clipboard.writeText(markdown),
              openPdf: null,
              save: null,
              openOptions: null,
              collapse: null,
            }}
            lang={lang}
            theme={settings.theme}
            collapsed={false}
            remarks={[]}
          />
        </div>
      )}
    </div>
  );
}
