import { FailureLine } from "../../own-pages/FailureLine";
import type { Failure } from "../../shared/failure";
import type { Status } from "../../shared/wire";
import type { Words } from "../../shared/words";
import type { PartProps } from "./usePopup";
import { openOptions } from "./tabs";

/** Whether the server is there, and which model it runs. */
export function Reach({ words, model }: PartProps) {
  const { connection, settings } = model;
  const state = connection === null ? "asking" : connection.failure ? "ill" : "well";
  return (
    <div class="reach" data-state={state} role="status">
      {connection === null && <p>{words.settings.checking}</p>}
      {connection?.status && <Health words={words} status={connection.status} />}
      {connection?.failure && (
        <Ailment words={words} program={settings!.program} failure={connection.failure} onRetry={model.check} />
      )}
    </div>
  );
}

function Health({ words, status: { version, problem, models } }: { words: Words; status: Status }) {
  const [first] = models;
  return (
    <>
      <p>{words.settings.connected(version)}</p>
      {problem && <p>{words.failures[problem.code] ?? problem.message}</p>}
      {first && <p>{words.settings.model(first.name, first.provider.replace("ExecutionProvider", ""))}</p>}
      {!first && !problem && <p>{words.settings.noModel}</p>}
    </>
  );
}

interface AilmentProps {
  words: Words;
  program: string;
  failure: Failure;
  onRetry: () => Promise<void>;
}

function Ailment({ words, program, failure, onRetry }: AilmentProps) {
  return (
    <>
      <p>
        <FailureLine failure={failure} words={words} program={program} />
      </p>
      <p class="choices">
        <button type="button" onClick={() => void onRetry()}>
          {words.retry}
        </button>
        <button type="button" onClick={() => void openOptions()}>
          {words.options}
        </button>
      </p>
    </>
  );
}
