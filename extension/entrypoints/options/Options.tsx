import { useEffect, useRef, useState } from "preact/hooks";
import { NOT_LOOPBACK } from "../../shared/failure";
import type { Connection, OptionsView } from "../../shared/messages";
import { languageName } from "../../shared/language";
import { loopbackOrigin, type InterfaceLanguage, type Settings, type Theme } from "../../shared/settings";
import { interfaceFor, type Words } from "../../shared/words";
import { tell } from "./background";
import { Choice, Field, Group, Radio } from "./fields";
import { Glossary } from "./Glossary";
import { ModelChoices } from "./ModelChoices";
import { KeysOnLists } from "./KeysOnLists";
import { Pairing } from "./Pairing";

const THEMES: readonly Theme[] = ["light", "system", "dark"];

/** Answers may overtake each other: only that to the latest question is taken. */
function useLatest<Answer>(take: (answer: Answer) => void): (answer: Promise<Answer>) => Promise<void> {
  const asked = useRef(0);
  return async (answer) => {
    const mine = ++asked.current;
    const given = await answer;
    if (mine === asked.current) take(given);
  };
}

/** Every change is kept at once; there is no button to save. */
export function Options() {
  const [view, setView] = useState<OptionsView | null>(null);
  const [connection, setConnection] = useState<Connection | "checking" | null>(null);

  const seeView = useLatest(setView);
  const seeConnection = useLatest(setConnection);

  const check = async (): Promise<void> => {
    setConnection("checking");
    await seeConnection(tell({ type: "options-to-background/check" }));
    await seeView(tell({ type: "options-to-background/read" }));
  };
  useEffect(() => {
    void seeView(tell({ type: "options-to-background/read" }));
    void check();
  }, []);
  if (!view) return null;

  const { settings } = view;
  const { words, lang } = interfaceFor(settings.language, navigator.language);
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = settings.theme;
  document.title = words.settings.title;
  const change = async (part: Partial<Settings>): Promise<void> => {
    await seeView(tell({ type: "options-to-background/change", change: part }));
  };

  return (
    <>
      <h1>{words.settings.title}</h1>
      <Group title={words.settings.server}>
        <Address
          words={words}
          address={settings.address}
          onChange={(address) => void change({ address }).then(check)}
        />
        <Pairing
          words={words}
          paired={view.paired}
          connection={connection}
          onCheck={() => void check()}
          onPair={async (code) => {
            setConnection("checking");
            await seeConnection(tell({ type: "options-to-background/pair", code }));
            await seeView(tell({ type: "options-to-background/read" }));
          }}
          onUnpair={async () => {
            await seeView(tell({ type: "options-to-background/unpair" }));
            await check();
          }}
        />
      </Group>
      <Group title={words.settings.gloss}>
        <Choice
          name={words.settings.target}
          value={settings.target}
          choices={targetChoices(words, lang, settings.target, connection)}
          onChange={(target) => void change({ target })}
        />
        <Radio
          name={words.settings.when}
          value={settings.automatic ? "automatic" : "click"}
          choices={{ automatic: words.settings.automatic, click: words.settings.onClick }}
          onChange={(when) => void change({ automatic: when === "automatic" })}
        />
      </Group>
      <Group title={words.models.title}>
        <ModelChoices words={words} paired={view.paired} onChanged={() => void check()} />
      </Group>
      <Group title={words.glossary.title}>
        <Glossary words={words} paired={view.paired} />
      </Group>
      <Group title={words.list.keysTitle}>
        <KeysOnLists words={words} keys={settings.keys} onChange={(keys) => void change({ keys })} />
      </Group>
      <Group title={words.settings.look}>
        <Choice
          name={words.settings.language}
          value={settings.language}
          choices={{ auto: words.settings.languageAuto, en: "English", zh: "中文" }}
          onChange={(language) => void change({ language: language as InterfaceLanguage })}
        />
        <Choice
          name={words.settings.theme}
          value={settings.theme}
          choices={Object.fromEntries(THEMES.map((theme) => [theme, words.settings.themes[theme]]))}
          onChange={(theme) => void change({ theme: theme as Theme })}
        />
      </Group>
    </>
  );
}

/** The targets that the server offers, and the one that is chosen, whether it offers that or not. */
function targetChoices(words: Words, lang: string, chosen: string, connection: Connection | "checking" | null) {
  const offered = connection && connection !== "checking" ? (connection.status?.targets ?? []) : [];
  const known = offered.length > 0 ? offered : Object.keys(words.settings.targets);
  const all = [...new Set([...known, chosen])];
  return Object.fromEntries(
    all.map((target) => [target, words.settings.targets[target] ?? languageName(target, lang)]),
  );
}

function Address({ words, address, onChange }: { words: Words; address: string; onChange: (address: string) => void }) {
  const [wrong, setWrong] = useState(false);
  return (
    <Field
      name={words.settings.address}
      hint={wrong ? words.failures[NOT_LOOPBACK]! : words.settings.addressHint}
      wrong={wrong}
      value={address}
      onChange={(typed) => {
        const origin = loopbackOrigin(typed);
        setWrong(origin === null);
        if (origin !== null) onChange(origin);
      }}
    />
  );
}
