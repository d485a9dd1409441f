import { useEffect, useState } from "preact/hooks";
import { openSession } from "../../background-client/session";
import { FullTextSheet } from "../../fulltext/FullTextSheet";
import { droppedPdf, PdfForm } from "../../fulltext/PdfForm";
import { useFullText } from "../../fulltext/useFullText";
import { DEFAULTS, type Settings } from "../../shared/settings";
import { interfaceFor } from "../../shared/words";
import { Permission } from "./Permission";
import { openOptions } from "./tabs";
import { useRequestedPaper } from "./useRequestedPaper";

/** The gloss of a PDF beside it: the one asked for last, or one that is dropped here. */
export function SidePanel() {
  const [settings, setSettings] = useState<Settings>(DEFAULTS);
  const spoken = interfaceFor(settings.language, navigator.language);
  const { words, lang } = spoken;
  const reader = useFullText(async () => {
    const session = await openSession();
    setSettings(session.settings);
    return { server: session.server, target: session.settings.target };
  });
  const { elsewhere, ask, showPlace } = useRequestedPaper(reader.ask);

  useEffect(() => void openSession().then((session) => setSettings(session.settings)), []);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = settings.theme;
  }, [lang, settings.theme]);

  return (
    <div class="sheet" {...droppedPdf(ask)}>
      {elsewhere && <Permission key={elsewhere.at} {...elsewhere} words={words} />}
      {!elsewhere && (
        <FullTextSheet
          reader={reader}
          settings={settings}
          interface={spoken}
          onPlace={showPlace}
          openOptions={openOptions}
        />
      )}
      {!reader.fullText && !elsewhere && <p class="lead">{words.fullText.lead}</p>}
      <PdfForm words={words} withId={!reader.fullText} onPaper={ask} />
    </div>
  );
}
