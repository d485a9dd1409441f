import type { NewestDigests } from "../../shared/messages";
import type { Words } from "../../shared/words";
import type { PartProps } from "./usePopup";
import { openOptions, openSaved, openTab } from "./tabs";

/** Pages of ours. */
export function Destinations({ words, lang, model }: PartProps) {
  const { connection, digests, settings } = model;
  return (
    <nav>
      <ul>
        <Destination words={words.savedPapers} onPress={openSaved} />
        {digests && <DigestsOfDay words={words} lang={lang} digests={digests} />}
        <Destination words={words.options} onPress={openOptions} />
      </ul>
      {connection?.status && !digests && (
        <p class="hint">
          {words.popup.digestNone} <code>{settings!.program} digest cs.CL</code>
        </p>
      )}
    </nav>
  );
}

function DigestsOfDay({
  words,
  lang,
  digests: { day, digests },
}: {
  words: Words;
  lang: string;
  digests: NewestDigests;
}) {
  const name = day === today() ? words.popup.digestToday : words.popup.digestOf(inWords(day, lang));
  return (
    <>
      {digests.map(({ topic, papers, address }) => (
        <Destination
          key={address}
          words={`${name} · ${topic}`}
          detail={words.web.papers(papers)}
          onPress={() => openTab(address)}
        />
      ))}
    </>
  );
}

function Destination({ words, detail, onPress }: { words: string; detail?: string; onPress: () => Promise<void> }) {
  return (
    <li>
      <button type="button" class="link" onClick={() => void onPress()}>
        {words}
      </button>
      {detail && <span class="hint">{detail}</span>}
    </li>
  );
}

/** The reader's own day, as 2026-11-25. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

const inWords = (day: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { month: "long", day: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00Z`));
