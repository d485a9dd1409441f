import { useEffect, useState } from "preact/hooks";
import type { Terms } from "../../shared/messages";
import type { NewTerm, TermAnswer } from "../../shared/wire";
import type { Words } from "../../shared/words";
import { askBackground } from "../../background-client/options";
import { termsIn } from "./term-file";
import { FailureLine } from "../../own-pages/FailureLine";

/** The reader's own terms, which win over everything else. */
export function Glossary({ words, program, paired }: { words: Words; program: string; paired: boolean }) {
  const [answer, setAnswer] = useState<Terms | null>(null);
  useEffect(() => {
    if (paired) void askBackground({ type: "options-to-background/terms" }).then(setAnswer);
  }, [paired]);
  /** True if it was done; what was shown stays when it was not. */
  const take = (given: Terms): boolean => {
    setAnswer((known) => ({ terms: given.terms ?? known?.terms ?? null, failure: given.failure }));
    return given.failure === null;
  };
  const add = (terms: NewTerm[]) => askBackground({ type: "options-to-background/add-terms", terms }).then(take);
  const remove = (source: string) => askBackground({ type: "options-to-background/remove-term", source }).then(take);
  if (!paired) return <p class="hint">{words.settings.unpaired}</p>;
  return (
    <>
      <p class="hint">{words.glossary.hint}</p>
      <TermForm words={words} onTerm={(term) => add([term])} />
      <ImportForm words={words} onTerms={add} />
      {answer?.failure && (
        <p class="hint wrong" role="alert">
          <FailureLine failure={answer.failure} words={words} program={program} />
        </p>
      )}
      {answer?.terms && answer.terms.length > 0 && (
        <TermTable words={words} terms={answer.terms} onRemove={(source) => void remove(source)} />
      )}
    </>
  );
}

interface TermTableProps {
  words: Words;
  terms: readonly TermAnswer[];
  onRemove: (source: string) => void;
}

function TermTable({ words, terms, onRemove }: TermTableProps) {
  return (
    <table class="terms">
      <thead>
        <tr>
          <th scope="col">{words.glossary.source}</th>
          <th scope="col">{words.glossary.target}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {terms.map(({ source, target }) => (
          <tr key={source}>
            <td lang="en">{source}</td>
            <td>{target === source || target === "=" ? words.glossary.kept : target}</td>
            <td>
              <button type="button" aria-label={words.removeNamed(source)} onClick={() => onRemove(source)}>
                {words.remove}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
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
