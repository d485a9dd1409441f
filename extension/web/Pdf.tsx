import { Whole, type Frame } from "../panel";
import { download } from "../reader/download";
import type { WholeReader } from "../reader/useWhole";
import type { Settings } from "../shared/settings";
import type { Interface } from "../shared/words";

interface PdfProps {
  reader: WholeReader;
  settings: Settings;
  interface: Interface;
}

/** The gloss of a whole paper; a paper from arXiv opens its pages in a tab of their own. */
export function Pdf({ reader, settings, interface: { words, lang } }: PdfProps) {
  const { whole, typeset } = reader;
  if (!whole) return null;
  const { id } = whole.abstract.paper;
  const targetLang = settings.target === "zh" ? "zh-CN" : settings.target;
  const frame: Frame = { state: whole.abstract, dispatch: () => undefined, words, targetLang, typeset };
  return (
    <div class="sheet one">
      <Whole
        frame={frame}
        whole={whole}
        openPlace={
          id === null ? null : ({ page }) => void open(`https://arxiv.org/pdf/${id}#page=${page}`, "arxiv-gloss")
        }
        actions={{
          again: reader.again,
          copy: (markdown) => navigator.clipboard.writeText(markdown),
          save: download,
          openOptions: null,
        }}
        lang={lang}
        theme={settings.theme}
      />
    </div>
  );
}
