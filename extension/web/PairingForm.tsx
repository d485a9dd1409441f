import { useState } from "preact/hooks";
import type { Failure } from "../shared/failure";
import { COMMANDS, type Words } from "../shared/words";

interface PairingFormProps {
  words: Words;
  failure: Failure | null;
  onCode: (code: string) => Promise<void>;
}

export function PairingForm({ words, failure, onCode }: PairingFormProps) {
  const [code, setCode] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") void onCode(code).then(() => setCode(""));
      }}
    >
      <p>
        {words.web.pairLead} <code>{COMMANDS.not_paired}</code>
      </p>
      <p class="choices">
        <label for="code">{words.settings.code}</label>
        <input
          id="code"
          name="code"
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={32}
          value={code}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <button type="submit">{words.settings.pair}</button>
      </p>
      <p role="status">{failure && (words.failures[failure.code] ?? failure.message)}</p>
    </form>
  );
}
