import { useEffect, useState } from "preact/hooks";
import { failureOf } from "../../client/errors";
import { exportSaved, forgetPaper, readSaved, type Form } from "../../client/saved";
import type { Server } from "../../client/server";
import { download } from "../../reader/download";
import type { Failure } from "../../shared/failure";
import { DEFAULTS, type Settings } from "../../shared/settings";
import type { SavedPaper } from "../../shared/wire";
import { interfaceFor } from "../../shared/words";
import { begin } from "../sidepanel/browser";

const FORMS: readonly { form: Form; name: string; ending: string }[] = [
  { form: "bibtex", name: "BibTeX", ending: "bib" },
  { form: "ris", name: "RIS", ending: "ris" },
  { form: "markdown", name: "Markdown", ending: "md" },
];

/** All saved papers, the newest first. */
export function SavedPapers() {
  const [settings, setSettings] = useState<Settings>(DEFAULTS);
  const [papers, setPapers] = useState<SavedPaper[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { words, lang } = interfaceFor(settings.language, navigator.language);

  /** Ask the server; what is shown stays when it refuses. */
  const ask = async <Answer,>(question: (server: Server) => Promise<Answer>): Promise<Answer | null> => {
    const begins = await begin();
    setSettings(begins.settings);
    try {
      const answer = await question(begins.server);
      setFailure(null);
      return answer;
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return null;
    }
  };
  const show = (given: SavedPaper[] | null): void => {
    if (given) setPapers(given);
  };
  const save = async ({ form, ending }: (typeof FORMS)[number]): Promise<void> => {
    const content = await ask((server) => exportSaved(server, form));
    if (content !== null) download({ name: `arxiv-gloss.${ending}`, type: "text/plain", content });
  };

  useEffect(() => void ask(readSaved).then(show), []);
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
          {words.failures[failure.code] ?? failure.message}
        </p>
      )}
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
              <li key={paper.id}>
                <div>
                  <a href={`https://arxiv.org/abs/${paper.id}`} lang="en">
                    {paper.title}
                  </a>
                  <p class="hint">
                    arXiv:{paper.id}
                    {(paper.authors ?? []).length > 0 && ` · ${(paper.authors ?? []).join(", ")}`}
                  </p>
                </div>
                <button
                  type="button"
                  aria-label={words.removeNamed(paper.title)}
                  onClick={() => void ask((server) => forgetPaper(server, paper.id)).then(show)}
                >
                  {words.remove}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
