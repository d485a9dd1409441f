import { useEffect, useRef, useState } from "preact/hooks";
import type { WholePaper } from "../../client/whole";
import { Whole, type Frame, type PaperPlace } from "../../panel";
import { download } from "../../reader/download";
import { droppedPdf, PdfForm } from "../../reader/PdfForm";
import { useWhole } from "../../reader/useWhole";
import { DEFAULTS, lookOf, type Look } from "../../shared/settings";
import type { Wanted } from "../../shared/wanted";
import { interfaceFor } from "../../shared/words";
import { askTab, begin, mayFetch, openOptions, showPage, watchWanted } from "./browser";
import { Permission } from "./Permission";

/** The gloss of a PDF beside it: the one asked for last, or one that is dropped here. */
export function SidePanel() {
  const [look, setLook] = useState<Look>(lookOf(DEFAULTS));
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [elsewhere, setElsewhere] = useState<string | null>(null);
  const tab = useRef<number | null>(null);
  const { words, lang } = interfaceFor(look.language, navigator.language);
  const reader = useWhole(async () => {
    const { server, settings } = await begin();
    setLook(lookOf(settings));
    return { server, target: settings.target };
  });

  const ask = (paper: WholePaper): void => {
    setElsewhere(null);
    reader.ask(paper);
  };
  const read = async (address: string): Promise<void> => {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    ask({ pdf: await answer.blob() });
  };
  /** The paper as the tab shows it; its PDF when the tab does not answer. */
  const readTab = async (id: string, shown: number): Promise<void> => {
    const html = await askTab(shown, { type: "reader-to-content/html" }).catch(() => null);
    const readPicture = (addresses: string[]): Promise<string | null> =>
      askTab(shown, { type: "reader-to-content/picture", addresses });
    ask(html === null ? { id } : { id, html, readPicture });
  };
  const open = (id: string, { page, anchor }: PaperPlace): void => {
    if (page !== null) void showPage(id, page, tab.current).then((shown) => (tab.current = shown));
    else if (anchor && tab.current !== null) void askTab(tab.current, { type: "reader-to-content/show", anchor });
  };
  const follow = (next: Wanted): void => {
    setWanted(next);
    tab.current = next.tab;
    if (next.id !== null && next.html && next.tab !== null) void readTab(next.id, next.tab);
    else if (next.id !== null) ask({ id: next.id });
    else if (next.address !== null) {
      const { address } = next;
      void mayFetch(address).then((may) =>
        may ? read(address).catch(() => setElsewhere(address)) : setElsewhere(address),
      );
    }
  };

  useEffect(() => {
    void begin().then(({ settings }) => setLook(lookOf(settings)));
    return watchWanted(follow);
  }, []);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = look.theme;
  }, [lang, look.theme]);

  const { whole, typeset } = reader;
  const id = whole?.abstract.paper.id ?? null;
  const targetLang = look.target === "zh" ? "zh-CN" : look.target;
  const frame: Frame | null = whole && {
    state: whole.abstract,
    dispatch: () => undefined,
    words,
    targetLang,
    typeset,
  };
  return (
    <div class="sheet" {...droppedPdf(ask)}>
      {elsewhere !== null && (
        <Permission key={wanted?.at} address={elsewhere} words={words} read={() => read(elsewhere)} />
      )}
      {frame && whole && elsewhere === null && (
        <Whole
          frame={frame}
          whole={whole}
          openPlace={id === null ? null : (place) => open(id, place)}
          actions={{
            again: reader.again,
            copy: (markdown) => navigator.clipboard.writeText(markdown),
            save: download,
            openOptions,
          }}
          lang={lang}
          theme={look.theme}
        />
      )}
      {!whole && elsewhere === null && <p class="lead">{words.whole.lead}</p>}
      <PdfForm words={words} withId={!whole} onPaper={ask} />
    </div>
  );
}
