import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Field({
  name,
  hint,
  wrong,
  value,
  onChange,
}: {
  name: string;
  hint: string;
  wrong: boolean;
  value: string;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="row">
      <label for={id}>{name}</label>
      <div>
        <input
          id={id}
          type="text"
          spellcheck={false}
          value={value}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <p class={wrong ? "hint wrong" : "hint"} id={`${id}-hint`}>
          {hint}
        </p>
      </div>
    </div>
  );
}

export function Choice({
  name,
  value,
  choices,
  onChange,
}: {
  name: string;
  value: string;
  choices: Record<string, string>;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="row">
      <label for={id}>{name}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {Object.entries(choices).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

export function Radio({
  name,
  value,
  choices,
  onChange,
}: {
  name: string;
  value: string;
  choices: Record<string, string>;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <fieldset class="row">
      <legend>{name}</legend>
      <div>
        {Object.entries(choices).map(([choice, words]) => (
          <label class="radio" key={choice}>
            <input type="radio" name={id} checked={choice === value} onChange={() => onChange(choice)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
