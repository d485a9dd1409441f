import { useEffect } from "preact/hooks";
import type { FullTextSource } from "../client/fulltext";
import { FullTextSheet } from "../fulltext/FullTextSheet";
import { droppedPdf, PdfForm } from "../fulltext/PdfForm";
import { useFullText } from "../fulltext/useFullText";
import { FailureLine } from "../own-pages/FailureLine";
import { PairingForm } from "../own-pages/PairingForm";
import { Panel, type Frame } from "../panel";
import { langOfTarget } from "../shared/language";
import type { PaperText } from "../shared/messages";
import { DEFAULTS } from "../shared/settings";
import { interfaceFor, type Interface } from "../shared/words";
import { Digests } from "./Digests";
import { Original } from "./Original";
import { PaperForm } from "./PaperForm";
import { useGloss, type AbstractReader } from "./useGloss";
import { usePairing } from "./usePairing";
import "../panel/panel.css";
import "../panel/fulltext/fulltext.css";

/** How the reader runs the server's program, as the server wrote it into this page. */
const PROGRAM = document.querySelector<HTMLMetaElement>('meta[name="program"]')?.content ?? DEFAULTS.program;

/** Paste an abstract, see the same panel as on arXiv. The server that serves this page is the one that is asked. */
export function Page() {
  const pairing = usePairing();
  const spoken = interfaceFor(DEFAULTS.language, navigator.language);
  const { words, lang } = spoken;
  useEffect(() => {
    document.documentElement.lang = lang;
    document.title = words.web.title;
  }, [lang, words]);
  if (pairing.token !== null) {
    return <Paired token={pairing.token} interface={spoken} onFailure={pairing.onFailure} />;
  }
  return (
    <>
      <h1>{words.web.title}</h1>
      <PairingForm words={words} program={PROGRAM} lead={words.web.pairLead} onCode={pairing.onCode} />
      <p role="status">
        {pairing.failure && <FailureLine failure={pairing.failure} words={words} program={PROGRAM} />}
      </p>
    </>
  );
}

interface PairedProps {
  token: string;
  interface: Interface;
  onFailure: ReturnType<typeof usePairing>["onFailure"];
}

function Paired({ token, interface: spoken, onFailure }: PairedProps) {
  const { words } = spoken;
  const server = { origin: location.origin, token };
  const abstract = useGloss(server, DEFAULTS.target, onFailure);
  const fullText = useFullText(() => Promise.resolve({ server, target: DEFAULTS.target }), onFailure);
  const askAbstract = (paper: PaperText): void => {
    fullText.close();
    abstract.ask(paper);
  };
  const askFullText = (paper: FullTextSource): void => {
    abstract.close();
    fullText.ask(paper);
  };
  return (
    <div {...droppedPdf(askFullText)}>
      <h1>{words.web.title}</h1>
      <PaperForm words={words} onPaper={askAbstract} />
      <PdfForm words={words} onPaper={askFullText} />
      {!abstract.state && !fullText.fullText && <Digests server={server} words={words} />}
      {fullText.fullText && (
        <div class="sheet one">
          <FullTextSheet
            reader={fullText}
            settings={DEFAULTS}
            interface={spoken}
            onPlace={(id, { page }) => void open(`https://arxiv.org/pdf/${id}#page=${page}`, "arxiv-gloss")}
            openOptions={null}
          />
        </div>
      )}
      <AbstractSheet reader={abstract} interface={spoken} />
    </div>
  );
}

/** The abstract, and the panel beside it. */
function AbstractSheet({ reader, interface: { words, lang } }: { reader: AbstractReader; interface: Interface }) {
  const { state, typeset, dispatch, ask } = reader;
  if (!state) return null;
  const targetLang = langOfTarget(DEFAULTS.target);
  const frame: Frame = { state, dispatch, words, program: PROGRAM, targetLang, typeset };
  return (
    <div class="sheet">
      <Original frame={frame} title={words.web.original} />
      <Panel
        frame={frame}
        actions={{
          gloss: () => ask(state.paper),
          glossAgain: () => ask(state.paper),
          copy: (markdown) => navigator.clipboard.writeText(markdown),
          openPdf: null,
          save: null,
          openOptions: null,
          collapse: null,
        }}
        lang={lang}
        theme={DEFAULTS.theme}
        collapsed={false}
        remarks={[]}
      />
    </div>
  );
}
