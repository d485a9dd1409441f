import { useEffect, useState } from "preact/hooks";
import type { Terms } from "../../shared/messages";
import type { NewTerm } from "../../shared/wire";
import type { Words } from "../../shared/words";
import { tell } from "./background";
import { termsIn } from "./term-file";

/** The reader's own terms, which win over everything else. */
export function Glossary({ words, paired }: { words: Words; paired: boolean }) {
  const [answer, setAnswer] = useState<Terms | null>(null);
  useEffect(() => {
    if (paired) void tell({ type: "options-to-background/terms" }).then(setAnswer);
  }, [paired]);
  /** True if it was done; what was shown stays when it was not. */
  const take = (given: Terms): boolean => {
    setAnswer((known) => ({ terms: given.terms ?? known?.terms ?? null, failure: given.failure }));
    return given.failure === null;
  };
  const add = (terms: NewTerm[]) => tell({ type: "options-to-background/add-terms", terms }).then(take);
  const remove = (source: string) => tell({ type: "options-to-background/remove-term", source }).then(take);
  if (!paired) return <p class="hint">{words.settings.unpaired}</p>;
  return (
    <>
      <p class="hint">{words.glossary.hint}</p>
      <TermForm words={words} onTerm={(term) => add([term])} />
      <ImportForm words={words} onTerms={add} />
      {answer?.failure && (
        <p class="hint wrong" role="alert">
          {words.failures[answer.failure.code] ?? answer.failure.message}
        </p>
      )}
      {answer?.terms && answer.terms.length > 0 && (
        <table class="terms">
          <thead>
            <tr>
              <th scope="col">{words.glossary.source}</th>
              <th scope="col">{words.glossary.target}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {answer.terms.map(({ source, target }) => (
              <tr key={source}>
                <td lang="en">{source}</td>
                <td>{target === source || target === "=" ? words.glossary.kept : target}</td>
                <td>
                  <button type="button" aria-label={words.removeNamed(source)} onClick={() => void remove(source)}>
                    {words.remove}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function TermForm({ words, onTerm }: { words: Words; onTerm: (term: NewTerm) => Promise<boolean> }) {
  const [source, setSource] = useState("");
  const [target, setTarget] = useState("");
  return (
    <form
      class="choices"
      onSubmit={(event) => {
        event.preventDefault();
        void onTerm({ source: source.trim(), target: target.trim() || "=" }).then((added) => {
          if (!added) return;
          setSource("");
          setTarget("");
        });
      }}
    >
      <TermInput name="source" label={words.glossary.source} value={source} onInput={setSource} />
      <TermInput name="target" label={words.glossary.target} value={target} onInput={setTarget} />
      <button type="submit" disabled={source.trim() === ""}>
        {words.glossary.add}
      </button>
    </form>
  );
}

interface TermInputProps {
  name: "source" | "target";
  label: string;
  value: string;
  onInput: (typed: string) => void;
}

function TermInput({ name, label, value, onInput }: TermInputProps) {
  return (
    <input
      type="text"
      name={name}
      class="term"
      lang={name === "source" ? "en" : undefined}
      aria-label={label}
      placeholder={label}
      value={value}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}

/** A file of lines `term<tab>rendering`. */
function ImportForm({ words, onTerms }: { words: Words; onTerms: (terms: NewTerm[]) => Promise<boolean> }) {
  const [isWrong, setWrong] = useState(false);
  const read = async (input: HTMLInputElement): Promise<void> => {
    const terms = termsIn((await input.files?.[0]?.text()) ?? "");
    setWrong(terms.length === 0);
    if (terms.length > 0) await onTerms(terms);
    input.value = "";
  };
  return (
    <p class="import">
      <label>
        {words.glossary.import}{" "}
        <input
          type="file"
          accept=".tsv,.txt,text/tab-separated-values"
          onChange={(event) => void read(event.currentTarget)}
        />
      </label>
      {isWrong && (
        <span class="wrong" role="alert">
          {words.glossary.noLines}
        </span>
      )}
    </p>
  );
}
