import { useEffect, useState } from "preact/hooks";
import type { Models } from "../../shared/messages";
import type { SettingsAnswer } from "../../shared/wire";
import type { Words } from "../../shared/words";
import { tell } from "./background";
import { Choice } from "./fields";

const ROLES = [
  { role: "glosser", chosen: "bundle", installed: "bundles" },
  { role: "translator", chosen: "translator", installed: "translators" },
  { role: "summarizer", chosen: "summarizer", installed: "summarizers" },
] as const;

/** Which installed model does what. A role that only one model can have, or none, is not asked for. */
export function ModelChoices({ words, paired, onChanged }: { words: Words; paired: boolean; onChanged: () => void }) {
  const [models, setModels] = useState<Models | null>(null);
  useEffect(() => {
    if (paired) void tell({ type: "options-to-background/models" }).then(setModels);
  }, [paired]);
  const settings = models?.settings;
  if (!settings) return <p class="hint">{models?.failure ? models.failure.message : words.models.hint}</p>;

  const choose = async (change: Partial<SettingsAnswer>): Promise<void> => {
    setModels(await tell({ type: "options-to-background/choose", change }));
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
      <p class="hint">
        {words.models.hint} <code>arxiv-gloss models pull</code>
      </p>
    </>
  );
}
