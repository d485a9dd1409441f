import { useEffect, useState } from "preact/hooks";
import { openSession } from "../../background-client/session";
import { failureOf } from "../../client/errors";
import { exportSaved, forgetPaper, readSaved, type Form } from "../../client/saved";
import type { Server } from "../../client/server";
import { askStatus } from "../../client/status";
import { download } from "../../own-pages/download";
import { Damage } from "../../own-pages/Damage";
import { FailureLine } from "../../own-pages/FailureLine";
import type { Failure } from "../../shared/failure";
import { DEFAULTS, type Settings } from "../../shared/settings";
import type { SavedPaper } from "../../shared/wire";
import { interfaceFor, type Words } from "../../shared/words";

const FORMS: readonly { form: Form; name: string; ending: string }[] = [
  { form: "bibtex", name: "BibTeX", ending: "bib" },
  { form: "ris", name: "RIS", ending: "ris" },
  { form: "markdown", name: "Markdown", ending: "md" },
];

/** All saved papers, the newest first. */
export function SavedPapers() {
  const { settings, failure, ask } = useServer();
  const [papers, setPapers] = useState<SavedPaper[] | null>(null);
  const [damaged, setDamaged] = useState<string[]>([]);
  const { words, lang } = interfaceFor(settings.language, navigator.language);
  const show = (given: SavedPaper[] | null): void => {
    if (given) setPapers(given);
  };
  const save = async ({ form, ending }: (typeof FORMS)[number]): Promise<void> => {
    const content = await ask((server) => exportSaved(server, form));
    if (content !== null) download({ name: `arxiv-gloss.${ending}`, type: "text/plain", content });
  };

  useEffect(() => void ask(readSaved).then(show), []);
  useEffect(() => void ask(askStatus).then((status) => setDamaged(status?.damaged ?? [])), []);
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dataset.theme = settings.theme;
    document.title = words.savedPapers;
  }, [lang, settings.theme]);

  return (
    <>
      <h1>{words.savedPapers}</h1>
      {failure && (
        <p class="hint wrong" role="alert">
          <FailureLine failure={failure} words={words} program={settings.program} />
        </p>
      )}
      <Damage damaged={damaged} words={words} />
      {papers?.length === 0 && <p class="hint">{words.savedNone}</p>}
      {papers && papers.length > 0 && (
        <>
          <p class="choices">
            <span class="hint">{words.exportAs}</span>
            {FORMS.map((one) => (
              <button type="button" key={one.form} onClick={() => void save(one)}>
                {one.name}
              </button>
            ))}
          </p>
          <ul class="papers">
            {papers.map((paper) => (
              <Paper
                key={paper.id}
                paper={paper}
                words={words}
                onRemove={() => void ask((server) => forgetPaper(server, paper.id)).then(show)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Paper({ paper, words, onRemove }: { paper: SavedPaper; words: Words; onRemove: () => void }) {
  const { id, title, authors = [] } = paper;
  return (
    <li>
      <div>
        <a href={`https://arxiv.org/abs/${id}`} lang="en">
          {title}
        </a>
        <p class="hint">
          arXiv:{id}
          {authors.length > 0 && ` · ${authors.join(", ")}`}
        </p>
      </div>
      <button type="button" aria-label={words.removeNamed(title)} onClick={onRemove}>
        {words.remove}
      </button>
    </li>
  );
}

/** Questions to the server, with the settings and the failure of the last one. */
function useServer() {
  const [settings, setSettings] = useState<Settings>(DEFAULTS);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** The answer, or null when the server refuses. */
  const ask = async <Answer,>(question: (server: Server) => Promise<Answer>): Promise<Answer | null> => {
    const session = await openSession();
    setSettings(session.settings);
    try {
      const answer = await question(session.server);
      setFailure(null);
      return answer;
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return null;
    }
  };
  return { settings, failure, ask };
}
