import { useId, useState } from "preact/hooks";
import { commandFor, type Words } from "../shared/words";
import { WRONG_CODE } from "../shared/failure";

interface PairingFormProps {
  words: Words;
  program: string;
  /** What is to be done, before the command that shows a code. */
  lead: string;
  onCode: (code: string) => Promise<void>;
}

/** Takes the code that a terminal shows. */
export function PairingForm({ words, program, lead, onCode }: PairingFormProps) {
  const [code, setCode] = useState("");
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") void onCode(code).then(() => setCode(""));
      }}
    >
      <p class="hint">
        {lead} <code>{commandFor(WRONG_CODE, program)}</code>
      </p>
      <p class="choices">
        <label for={id}>{words.settings.code}</label>
        <input
          id={id}
          name="code"
          class="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={32}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <button type="submit" class="first">
          {words.settings.pair}
        </button>
      </p>
    </form>
  );
}
