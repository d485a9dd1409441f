import { useState } from "preact/hooks";
import { download } from "../../own-pages/download";
import type { Settings } from "../../shared/settings";
import { chosenDefaults, readSettingsFile, settingsFile } from "../../shared/settings-file";
import type { Words } from "../../shared/words";

interface KeepingProps {
  words: Words;
  settings: Settings;
  onChange: (change: Partial<Settings>) => Promise<void>;
}

/** Settings to a file, from a file, or as they were in the beginning; each change can be taken back. */
export function Keeping({ words, settings, onChange }: KeepingProps) {
  const [before, setBefore] = useState<Settings | null>(null);
  const [said, setSaid] = useState("");
  const change = async (to: Partial<Settings>, sentence: string): Promise<void> => {
    setBefore(settings);
    await onChange(to);
    setSaid(sentence);
  };
  const load = async (input: HTMLInputElement): Promise<void> => {
    const read = readSettingsFile((await input.files?.[0]?.text()) ?? "");
    input.value = "";
    if (!read) return setSaid(words.keeping.noSettings);
    await change(read.change, words.keeping.loaded(Object.keys(read.change).length, read.refused));
  };
  const undo = async (): Promise<void> => {
    await onChange(before ?? {});
    setBefore(null);
    setSaid(words.keeping.undone);
  };
  return (
    <>
      <p class="hint">{words.keeping.hint}</p>
      <p class="choices">
        <button
          type="button"
          onClick={() =>
            download({
              name: "arxiv-gloss-settings.json",
              type: "application/json",
              content: settingsFile(settings),
            })
          }
        >
          {words.keeping.save}
        </button>
        <button type="button" onClick={() => void change(chosenDefaults(), words.keeping.wasReset)}>
          {words.keeping.reset}
        </button>
      </p>
      <p class="import">
        <label>
          {words.keeping.load}{" "}
          <input type="file" accept=".json,application/json" onChange={(event) => void load(event.currentTarget)} />
        </label>
      </p>
      <p class="choices" role="status">
        <span>{said}</span>
        {before && (
          <button type="button" onClick={() => void undo()}>
            {words.keeping.undo}
          </button>
        )}
      </p>
    </>
  );
}
