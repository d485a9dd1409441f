import { useFrame } from "./frame";
import type { Flag } from "../shared/wire";
import type { Words } from "../shared/words";

/** One line on what the gloss is worth and where it comes from: model · provider · seconds · nothing left this machine. */
export function Foot() {
  const { state, words } = useFrame();
  const { done, ownModel } = state;
  if (!done) return ownModel === null ? null : <footer>{words.ownModelWrites(ownModel)}</footer>;
  const models = [...new Map(done.models.map((model) => [model.name + model.provider, model])).values()];
  return (
    <footer>
      <b>{words.machineMade}</b> ·{" "}
      {models.map((model) => (
        <span
          key={model.name}
          title={`${model.name} ${model.digest} ${model.precision} · arXiv Gloss ${done.version} · ${done.made}`}
        >
          {model.name} · {model.provider.replace("ExecutionProvider", "")} ·{" "}
        </span>
      ))}
      {words.seconds(done.seconds.toFixed(done.seconds < 9.95 ? 2 : 0))}
      {done.digits_only && <span title={words.digitsOnlyWhy}> · {words.digitsOnly}</span>}
      {done.cached && ` · ${words.fromCache}`} · <span title={done.asked.join(" ")}>{wentTo(done.asked, words)}</span>
      {done.notices.map((notice) => (
        <span key={notice.code}> · {noticeWords(notice, words)}</span>
      ))}
    </footer>
  );
}

/** What left this machine: nothing, questions to arXiv, or sentences to the reader's own model on another machine. */
function wentTo(asked: readonly string[], words: Words): string {
  const elsewhere = asked.filter((address) => !address.startsWith("https://"));
  if (elsewhere.length > 0) return words.sentTo(elsewhere.map((address) => new URL(address).host).join(", "));
  return asked.length > 0 ? words.askedArxiv : words.nothingLeft;
}

function noticeWords({ code, params }: Flag, words: Words): string {
  return code === "llm_stopped" ? words.ownModelStopped(params.model ?? "", params.reason ?? "") : code;
}
