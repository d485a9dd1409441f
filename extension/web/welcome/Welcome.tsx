import { useEffect, useRef, useState } from "preact/hooks";
import type { WelcomeAnswer } from "../../shared/wire";
import { chosenPath, stepsFor, type BrowserSteps } from "./browsers";
import { Copied } from "./Copied";
import { ExtensionsPage } from "./ExtensionsPage";
import { useProgress, type Progress } from "./useProgress";
import { WELCOME_WORDS, type WelcomeLanguage, type WelcomeWords } from "./words";

const PAPER = "https://arxiv.org/abs/1706.03762";
const TITLES: Record<WelcomeLanguage, string> = { en: "Welcome to arXiv Gloss", zh: "欢迎使用 arXiv Gloss" };
const OTHER: Record<WelcomeLanguage, { language: WelcomeLanguage; name: string; lang: string }> = {
  en: { language: "zh", name: "中文", lang: "zh-CN" },
  zh: { language: "en", name: "English", lang: "en" },
};

/** What is left to be done after `arxiv-gloss start`, and how far it is. */
export function Welcome() {
  const [language, setLanguage] = useState<WelcomeLanguage>(
    navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en",
  );
  const progress = useProgress(location.hash.slice(1));
  const words = WELCOME_WORDS[language];
  const other = OTHER[language];
  const program = useRef("arxiv-gloss"); // as the server said while it answered
  if (typeof progress === "object") program.current = progress.program;
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = TITLES[language];
  }, [language]);
  return (
    <>
      <header>
        <h1>{TITLES[language]}</h1>
        <button type="button" class="link" lang={other.lang} onClick={() => setLanguage(other.language)}>
          {other.name}
        </button>
      </header>
      {!isPaired(progress) && <p>{words.lead}</p>}
      <Ticks words={words} progress={progress} />
      {progress === "silent" && <Command words={words} lead={words.silent} command={`${program.current} start`} />}
      {typeof progress === "object" && <Told words={words} told={progress} />}
    </>
  );
}

const isPaired = (progress: Progress): boolean => typeof progress === "object" && progress.paired;

interface WithWords {
  words: WelcomeWords;
}

/** Polite: each tick is read out when it comes. */
function Ticks({ words, progress }: WithWords & { progress: Progress }) {
  const told = typeof progress === "object" ? progress : null;
  const ticks = [
    { name: words.ticks.server, done: told !== null },
    { name: words.ticks.extension, done: told?.extension ?? false },
    { name: words.ticks.paired, done: told?.paired ?? false },
  ];
  return (
    <ul class="ticks" aria-live="polite">
      {ticks.map(({ name, done }) => (
        <li key={name} class={done ? "done" : "waiting"}>
          <span class="mark" aria-hidden="true">
            {done ? "✓" : "○"}
          </span>
          {name}
          <span class="visually-hidden"> ({done ? words.done : words.waiting})</span>
        </li>
      ))}
    </ul>
  );
}

function Told({ words, told }: WithWords & { told: WelcomeAnswer }) {
  const steps = stepsFor(navigator.userAgent);
  const folder = told.folders[steps.folder];
  if (folder === undefined) {
    return <Command words={words} lead={words.noExtension} command={`${told.program} extension`} />;
  }
  if (!told.paired && !told.refused) {
    return (
      <>
        <Step words={words} steps={steps} path={chosenPath(steps, folder)} />
        <Command words={words} lead={words.code} command={`${told.program} pair`} />
      </>
    );
  }
  return (
    <>
      {!told.paired && <Command words={words} lead={words.refused} command={`${told.program} start`} />}
      <p class="choices">
        <a class="first" href={PAPER}>
          {words.paper}
        </a>
      </p>
      {told.paired && <Command words={words} lead={words.alsoHere} command={`${told.program} start --browser`} />}
      <details>
        <summary>{words.step(steps.name)}</summary>
        <Step words={words} steps={steps} path={chosenPath(steps, folder)} />
      </details>
    </>
  );
}

function Step({ words, steps, path }: WithWords & { steps: BrowserSteps; path: string }) {
  const isMac = navigator.userAgent.includes("Mac OS");
  const developer = words.developer[steps.name];
  return (
    <section aria-labelledby="step">
      <h2 id="step">{words.step(steps.name)}</h2>
      <ol>
        <li>
          {words.address}
          <Copied words={words} text={steps.address} />
        </li>
        {developer && (
          <li>
            <Marked parts={developer} number={1} />
          </li>
        )}
        <li>
          <Marked parts={words.load[steps.name]} number={developer ? 2 : 1} />
          <Copied words={words} text={path} />
          <p class="hint">{isMac ? words.paste.mac : words.paste.other}</p>
        </li>
      </ol>
      <ExtensionsPage words={words} steps={steps} />
      {steps.name === "Firefox" && <p class="hint">{words.temporary}</p>}
    </section>
  );
}

/** A sentence with the name of a button in its middle, under the button's number in the drawing. */
function Marked({ parts, number }: { parts: readonly string[]; number: number }) {
  const [before, name, after] = parts;
  return (
    <>
      {before}
      <b>{name}</b>
      <span class="number" aria-hidden="true">
        {number}
      </span>
      {after}
    </>
  );
}

function Command({ words, lead, command }: WithWords & { lead: string; command: string }) {
  return (
    <div class="command">
      <p>{lead}</p>
      <Copied words={words} text={command} />
    </div>
  );
}
