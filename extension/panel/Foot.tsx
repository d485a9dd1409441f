import { useFrame } from "./frame";

/** One line on what the gloss is worth and where it comes from: model · provider · seconds · nothing left this machine. */
export function Foot() {
  const { state, words } = useFrame();
  const { done } = state;
  if (!done) return null;
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
      {done.cached && ` · ${words.fromCache}`} ·{" "}
      {done.asked.length > 0 ? <span title={done.asked.join(" ")}>{words.askedArxiv}</span> : words.nothingLeft}
    </footer>
  );
}
