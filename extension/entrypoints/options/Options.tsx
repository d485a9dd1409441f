import { useState } from "preact/hooks";
import { NOT_LOOPBACK, NOT_PAIRED } from "../../shared/failure";
import type { OptionsView } from "../../shared/messages";
import { languageName } from "../../shared/language";
import { loopbackOrigin, type InterfaceLanguage, type Theme } from "../../shared/settings";
import { interfaceFor, type Words } from "../../shared/words";
import { Choice, Field, Group } from "./fields";
import { Glossary } from "./Glossary";
import { ModelChoices } from "./ModelChoices";
import { Keeping } from "./Keeping";
import { KeysOnLists } from "./KeysOnLists";
import { Pairing } from "./Pairing";
import { useOptions, type OptionsModel } from "./useOptions";

const THEMES: readonly Theme[] = ["light", "system", "dark"];

export function Options() {
  const model = useOptions();
  const { view } = model;
  if (!view) return null;
  const { settings } = view;
  const { words, lang } = interfaceFor(settings.language, navigator.language);
  document.documentElement.lang = lang;
  document.documentElement.dataset.theme = settings.theme;
  document.title = words.settings.title;
  const isRefused = view.paired && isRefusal(model.connection);
  const paired = view.paired && !isRefused;
  const parts: PartProps = { words, lang, view: { settings, paired }, isRefused, model };
  return (
    <>
      <h1>{words.settings.title}</h1>
      <ServerPart {...parts} />
      <GlossPart {...parts} />
      <Group title={words.models.title}>
        <ModelChoices words={words} program={settings.program} paired={paired} onChanged={() => void model.check()} />
      </Group>
      <Group title={words.glossary.title}>
        <Glossary words={words} program={settings.program} paired={paired} />
      </Group>
      <Group title={words.list.keysTitle}>
        <KeysOnLists words={words} keys={settings.keys} onChange={(keys) => void model.change({ keys })} />
      </Group>
      <AppearancePart {...parts} />
      <Group title={words.keeping.title}>
        <Keeping words={words} settings={settings} onChange={model.change} />
      </Group>
    </>
  );
}

/** The server answered that it does not know this browser: it was told to forget it, or is another one. */
function isRefusal(connection: OptionsModel["connection"]): boolean {
  const code = connection && connection !== "checking" ? connection.failure?.code : null;
  return code === NOT_PAIRED || code === "not_allowed";
}

interface PartProps {
  isRefused: boolean;
  words: Words;
  lang: string;
  view: OptionsView;
  model: OptionsModel;
}

function ServerPart({ words, view: { settings, paired }, isRefused, model }: PartProps) {
  return (
    <Group title={words.settings.server}>
      <Address
        words={words}
        address={settings.address}
        onChange={(address) => void model.change({ address }).then(model.check)}
      />
      <Pairing words={words} program={settings.program} paired={paired} isRefused={isRefused} model={model} />
    </Group>
  );
}

function GlossPart({ words, lang, view: { settings }, model }: PartProps) {
  return (
    <Group title={words.settings.gloss}>
      <Choice
        name={words.settings.target}
        value={settings.target}
        choices={targetChoices(words, lang, settings.target, model.connection)}
        onChange={(target) => void model.change({ target })}
      />
      <Choice
        open
        name={words.settings.when}
        value={settings.automatic ? "automatic" : "click"}
        choices={{ automatic: words.settings.automatic, click: words.settings.onClick }}
        onChange={(when) => void model.change({ automatic: when === "automatic" })}
      />
      <SitesOff words={words} hosts={settings.sitesOff} onChange={(sitesOff) => void model.change({ sitesOff })} />
    </Group>
  );
}

interface SitesOffProps {
  words: Words;
  hosts: readonly string[];
  onChange: (hosts: string[]) => void;
}

/** Switched off in the popup. */
function SitesOff({ words, hosts, onChange }: SitesOffProps) {
  if (hosts.length === 0) return null;
  return (
    <div class="row">
      <span>{words.settings.sitesOff}</span>
      <div>
        {hosts.map((host) => (
          <p class="choices" key={host}>
            <span>{host}</span>
            <button type="button" onClick={() => onChange(hosts.filter((one) => one !== host))}>
              {words.settings.switchOn(host)}
            </button>
          </p>
        ))}
      </div>
    </div>
  );
}

function AppearancePart({ words, view: { settings }, model }: PartProps) {
  return (
    <Group title={words.settings.look}>
      <Choice
        name={words.settings.language}
        value={settings.language}
        choices={{ auto: words.settings.languageAuto, en: "English", zh: "中文" }}
        onChange={(language) => void model.change({ language: language as InterfaceLanguage })}
      />
      <Choice
        name={words.settings.theme}
        value={settings.theme}
        choices={Object.fromEntries(THEMES.map((theme) => [theme, words.settings.themes[theme]]))}
        onChange={(theme) => void model.change({ theme: theme as Theme })}
      />
    </Group>
  );
}

/** The targets that the server offers, and the one that is chosen, whether it offers that or not. */
function targetChoices(words: Words, lang: string, chosen: string, connection: OptionsModel["connection"]) {
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
