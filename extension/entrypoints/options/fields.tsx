import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

export function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

interface TypedInputProps {
  id: string;
  value: string;
  onTyped: (typed: string) => void;
  class?: string;
  maxLength?: number;
  spellcheck?: boolean;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
}

/** A line of text that is the reader's while it is typed: what arrives meanwhile does not replace it. */
export function TypedInput({ value, onTyped, ...others }: TypedInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <input
      {...others}
      type="text"
      value={draft ?? value}
      onInput={(event) => setDraft(event.currentTarget.value)}
      onChange={(event) => {
        setDraft(null);
        onTyped(event.currentTarget.value);
      }}
    />
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
        <TypedInput
          id={id}
          spellcheck={false}
          value={value}
          aria-invalid={wrong}
          aria-describedby={`${id}-hint`}
          onTyped={onChange}
        />
        <p class={wrong ? "hint wrong" : "hint"} id={`${id}-hint`}>
          {hint}
        </p>
      </div>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  /** Each choice with its words. */
  choices: Record<string, string>;
  onChange: (value: string) => void;
  /** All choices are in sight, instead of a menu. */
  open?: boolean;
}

export function Choice({ open = false, ...props }: ChoiceProps) {
  return open ? <RadioChoice {...props} /> : <MenuChoice {...props} />;
}

function MenuChoice({ name, value, choices, onChange }: ChoiceProps) {
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

function RadioChoice({ name, value, choices, onChange }: ChoiceProps) {
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
