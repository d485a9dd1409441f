import type { BrowserSteps } from "./browsers";
import type { WelcomeWords } from "./words";

/** A drawing of the browser's page of extensions: where the buttons are, under the numbers of the steps. */
export function ExtensionsPage({ words, steps }: { words: WelcomeWords; steps: BrowserSteps }) {
  const load = words.load[steps.name][1];
  const developer = words.developer[steps.name]?.[1];
  return (
    <div class={`drawing ${steps.name.toLowerCase()}`} role="img" aria-label={words.picture(steps.name)}>
      <div class="address">{steps.address}</div>
      <div class="bar">
        <span class="name">{words.heading[steps.name]}</span>
        {developer && (
          <span class="switch">
            {developer}
            <span class="knob" />
            <span class="number">1</span>
          </span>
        )}
      </div>
      <div class="bar below">
        <span class="button">
          {load}
          <span class="number">{developer ? 2 : 1}</span>
        </span>
        <span class="blank" />
        <span class="blank" />
      </div>
      <div class="cards">
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
