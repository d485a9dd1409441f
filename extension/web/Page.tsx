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
import type { PaperText } from "../shared/messages";
import { interfaceFor } from "../shared/words";
import { Original } from "./Original";
import { PairingForm } from "./PairingForm";
import { PaperForm } from "./PaperForm";
import { readSettings, readToken, writeToken } from "./store";
import "../panel/panel.css";

/** Paste an abstract, see the same panel as on arXiv. The server that serves this page is the one that is asked. */
export function Page() {
  const [settings] = useState(readSettings);
  const [token, setToken] = useState(readToken);
  const [pairingFailure, setPairingFailure] = useState<Failure | null>(null);
  const [state, setState] = useState<PanelState | null>(null);
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  const running = useRef<AbortController | null>(null);
  const { words, lang } = interfaceFor(settings.language, navigator.language);

  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = words.web.title;
  }, [lang, words]);

  const dispatch = (event: PanelEvent): void => setState((known) => known && reduce(known, event));
  const ask = async (paper: PaperText): Promise<void> => {
    running.current?.abort();
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
      if (failure.code === NOT_PAIRED) {
        writeToken(null);
        setToken(null);
      }
      dispatch({ type: "failed", failure });
    }
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
    <>
      <h1>{words.web.title}</h1>
      {token === null ? (
        <PairingForm words={words} failure={pairingFailure} onCode={onCode} />
      ) : (
        <PaperForm words={words} onPaper={(paper) => void ask(paper)} />
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
    </>
  );
}
