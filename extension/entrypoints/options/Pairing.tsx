import { useId, useState } from "preact/hooks";
import type { Connection } from "../../shared/messages";
import { COMMANDS, type Words } from "../../shared/words";

interface PairingProps {
  words: Words;
  paired: boolean;
  connection: Connection | "checking" | null;
  onCheck: () => void;
  onPair: (code: string) => Promise<void>;
  onUnpair: () => Promise<void>;
}

export function Pairing({ words, paired, connection, onCheck, onPair, onUnpair }: PairingProps) {
  return (
    <div class="row">
      <span>{words.settings.pairing}</span>
      <div>
        <p class="state">{paired ? words.settings.paired : words.settings.unpaired}</p>
        {!paired && <CodeForm words={words} onPair={onPair} />}
        <Doctor words={words} connection={connection} paired={paired} />
        <p class="choices">
          <button type="button" onClick={onCheck} disabled={connection === "checking"}>
            {words.settings.check}
          </button>
          {paired && (
            <button type="button" onClick={() => void onUnpair()}>
              {words.settings.unpair}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}

function CodeForm({ words, onPair }: Pick<PairingProps, "words" | "onPair">) {
  const [code, setCode] = useState("");
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") void onPair(code).then(() => setCode(""));
      }}
    >
      <p class="hint">
        {words.settings.pairingHint} <code>{COMMANDS.not_paired}</code>
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

/** Tells apart what can be in the way: no server, no pairing, another version, another program at the port. */
function Doctor({ words, connection, paired }: Pick<PairingProps, "words" | "connection" | "paired">) {
  return (
    <div class="doctor" role="status">
      {connection === "checking" && <p>{words.settings.checking}</p>}
      {connection && connection !== "checking" && connection.failure && (
        <Ailment words={words} code={connection.failure.code} message={connection.failure.message} paired={paired} />
      )}
      {connection && connection !== "checking" && connection.status && (
        <>
          <p class="well">{words.settings.connected(connection.status.version)}</p>
          {connection.status.problem && <p>{connection.status.problem.message}</p>}
          {connection.status.models.map((model) => (
            <p key={model.name}>{words.settings.model(model.name, model.provider.replace("ExecutionProvider", ""))}</p>
          ))}
          {connection.status.models.length === 0 && !connection.status.problem && <p>{words.settings.noModel}</p>}
        </>
      )}
    </div>
  );
}

function Ailment({ words, code, message, paired }: { words: Words; code: string; message: string; paired: boolean }) {
  // Without a pairing "not paired" is no news: the form above says what to do.
  if (code === "not_paired" && !paired) return null;
  return (
    <p class="ill">
      {words.failures[code] ?? message} {COMMANDS[code] && <code>{COMMANDS[code]}</code>}
    </p>
  );
}
