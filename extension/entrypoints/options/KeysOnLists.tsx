import { useId } from "preact/hooks";
import type { Keys } from "../../shared/settings";
import type { Words } from "../../shared/words";
import { TypedInput } from "./fields";

interface KeysProps {
  words: Words;
  keys: Keys;
  onChange: (keys: Keys) => void;
}

export function KeysOnLists({ words, keys, onChange }: KeysProps) {
  const id = useId();
  const names = Object.keys(keys) as (keyof Keys)[];
  return (
    <>
      {names.map((name) => (
        <div class="row" key={name}>
          <label for={id + name}>{words.list.keyNames[name]}</label>
          <TypedInput
            id={id + name}
            class="key"
            maxLength={1}
            value={keys[name]}
            onTyped={(key) => onChange({ ...keys, [name]: key })}
          />
        </div>
      ))}
      <p class="hint">{words.list.keysHint}</p>
    </>
  );
}
