import { useId, useState } from "preact/hooks";
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
  const [taken, setTaken] = useState(false);
  const names = Object.keys(keys) as (keyof Keys)[];
  const change = (name: keyof Keys, key: string): void => {
    const isTaken = key !== "" && names.some((other) => other !== name && keys[other] === key);
    setTaken(isTaken);
    if (!isTaken) onChange({ ...keys, [name]: key });
  };
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
            onTyped={(key) => change(name, key)}
          />
        </div>
      ))}
      <p class={taken ? "hint wrong" : "hint"} role="status">
        {taken ? words.list.keysTaken : words.list.keysHint}
      </p>
    </>
  );
}
