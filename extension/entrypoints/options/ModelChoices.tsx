import { useEffect, useState } from "preact/hooks";
import type { Models } from "../../shared/messages";
import type { SettingsAnswer } from "../../shared/wire";
import type { Words } from "../../shared/words";
import { askBackground } from "../../background-client/options";
import { FailureLine } from "../../own-pages/FailureLine";
import { Choice } from "./fields";

const ROLES = [
  { role: "glosser", chosen: "bundle", installed: "bundles" },
  { role: "translator", chosen: "translator", installed: "translators" },
  { role: "summarizer", chosen: "summarizer", installed: "summarizers" },
] as const;

interface ModelChoicesProps {
  words: Words;
  program: string;
  paired: boolean;
  onChanged: () => void;
}

/** Which installed model does what. A role that only one model can have, or none, is not asked for. */
export function ModelChoices({ words, program, paired, onChanged }: ModelChoicesProps) {
  const [models, setModels] = useState<Models | null>(null);
  useEffect(() => {
    if (paired) void askBackground({ type: "options-to-background/models" }).then(setModels);
  }, [paired]);
  const settings = models?.settings;
  const hint = (
    <p class="hint">
      {words.models.hint} <code>{program} models pull</code>
    </p>
  );
  if (models?.failure) {
    return (
      <p class="hint">
        <FailureLine failure={models.failure} words={words} program={program} />
      </p>
    );
  }
  if (!settings) return hint;

  const choose = async (change: Partial<SettingsAnswer>): Promise<void> => {
    setModels(await askBackground({ type: "options-to-background/choose", change }));
    onChanged();
  };
  return (
    <>
      {ROLES.filter(({ role, installed }) => settings[installed].length > (role === "glosser" ? 1 : 0)).map(
        ({ role, chosen, installed }) => (
          <Choice
            key={role}
            name={words.models.roles[role]}
            value={settings[chosen]}
            choices={{ "": words.models.unchosen[role], ...Object.fromEntries(settings[installed].map((n) => [n, n])) }}
            onChange={(name) => void choose({ [chosen]: name })}
          />
        ),
      )}
      {hint}
    </>
  );
}
