import type { Keys } from "../../shared/settings";
import { useFrame } from "../frame";

/** What each key does on a list. */
export function KeyHelp({ keys, onClose }: { keys: Keys; onClose: () => void }) {
  const { words } = useFrame();
  const names = (Object.keys(keys) as (keyof Keys)[]).filter((name) => keys[name] !== "" && name !== "translate");
  return (
    <section class="key-help" aria-label={words.list.keysTitle}>
      <dl>
        {names.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{keys[name]}</kbd>
            </dt>
            <dd>{words.list.keyNames[name]}</dd>
          </div>
        ))}
      </dl>
      <p>
        {words.list.keysLeftAlone}{" "}
        <button type="button" class="link" onClick={onClose}>
          {words.list.close}
        </button>
      </p>
    </section>
  );
}
