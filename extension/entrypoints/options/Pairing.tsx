import { Damage } from "../../own-pages/Damage";
import { FailureLine } from "../../own-pages/FailureLine";
import { PairingForm } from "../../own-pages/PairingForm";
import { NOT_PAIRED, type Failure } from "../../shared/failure";
import type { Status } from "../../shared/wire";
import type { Words } from "../../shared/words";
import type { OptionsModel } from "./useOptions";

interface PairingProps {
  words: Words;
  program: string;
  paired: boolean;
  /** There was a pairing, and the server does not know it any more. */
  isRefused: boolean;
  model: OptionsModel;
}

export function Pairing({ words, program, paired, isRefused, model }: PairingProps) {
  return (
    <div class="row">
      <span>{words.settings.pairing}</span>
      <div>
        <p class="state">
          {paired ? words.settings.paired : isRefused ? words.settings.refused : words.settings.unpaired}
        </p>
        {/* First things first: a code is of no use before the server runs, which prints it. */}
        <Doctor words={words} program={program} connection={model.connection} paired={paired} />
        {!paired && (
          <PairingForm words={words} program={program} lead={words.settings.pairingHint} onCode={model.pair} />
        )}
        <p class="choices">
          <button type="button" onClick={() => void model.check()} disabled={model.connection === "checking"}>
            {words.settings.check}
          </button>
          {paired && (
            <button type="button" onClick={() => void model.unpair()}>
              {words.settings.unpair}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}

interface DoctorProps extends Pick<PairingProps, "words" | "program" | "paired"> {
  connection: OptionsModel["connection"];
}

/** Tells apart what can be in the way: no server, no pairing, another version, another program at the port. */
function Doctor({ words, program, connection, paired }: DoctorProps) {
  return (
    <div class="doctor" role="status">
      {connection === "checking" && <p>{words.settings.checking}</p>}
      {connection && connection !== "checking" && connection.failure && (
        <Ailment words={words} program={program} failure={connection.failure} paired={paired} />
      )}
      {connection && connection !== "checking" && connection.status && (
        <Health words={words} status={connection.status} />
      )}
    </div>
  );
}

function Health({ words, status: { version, problem, models, damaged } }: { words: Words; status: Status }) {
  return (
    <>
      <p class="well">{words.settings.connected(version)}</p>
      <Damage damaged={damaged} words={words} />
      {problem && <p>{words.failures[problem.code] ?? problem.message}</p>}
      {models.map(({ name, provider }) => (
        <p key={name}>{words.settings.model(name, provider.replace("ExecutionProvider", ""))}</p>
      ))}
      {models.length === 0 && !problem && <p>{words.settings.noModel}</p>}
    </>
  );
}

function Ailment({
  failure,
  paired,
  ...others
}: { failure: Failure } & Pick<PairingProps, "words" | "program" | "paired">) {
  // Without a pairing "not paired" is no news: the form above says what to do.
  if (failure.code === NOT_PAIRED && !paired) return null;
  return (
    <p class="ill">
      <FailureLine failure={failure} {...others} />
    </p>
  );
}
