import { FullText, type FullTextActions, type PaperPlace } from "../panel";
import { download } from "../own-pages/download";
import { langOfTarget } from "../shared/language";
import type { PageSettings } from "../shared/settings";
import type { Interface } from "../shared/words";
import type { FullTextReader } from "./useFullText";

interface FullTextSheetProps {
  reader: FullTextReader;
  settings: PageSettings;
  interface: Interface;
  /** Show a place of the paper of this id. */
  onPlace: (id: string, place: PaperPlace) => void;
  openOptions: FullTextActions["openOptions"];
}

/** The gloss of the paper that was asked for, on a page of our own; nothing before. */
export function FullTextSheet({
  reader,
  settings,
  interface: { words, lang },
  onPlace,
  openOptions,
}: FullTextSheetProps) {
  const { fullText, typeset, again } = reader;
  if (!fullText) return null;
  const { id } = fullText.abstract.paper;
  return (
    <FullText
      frame={{
        state: fullText.abstract,
        dispatch: () => undefined,
        words,
        program: settings.program,
        targetLang: langOfTarget(settings.target),
        typeset,
      }}
      fullText={fullText}
      openPlace={id === null ? null : (place) => onPlace(id, place)}
      actions={{
        again,
        copy: (markdown) => navigator.clipboard.writeText(markdown),
        save: download,
        openOptions,
      }}
      lang={lang}
      theme={settings.theme}
    />
  );
}
