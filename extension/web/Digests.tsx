import { useEffect, useState } from "preact/hooks";
import { readDigests } from "../client/digests";
import type { Server } from "../client/server";
import type { DigestsAnswer } from "../shared/wire";
import type { Words } from "../shared/words";

/** Digests that were made on this machine; nothing where there are none. */
export function Digests({ server, words }: { server: Server; words: Words }) {
  const [answer, setAnswer] = useState<DigestsAnswer | null>(null);
  useEffect(() => {
    void readDigests(server).then(setAnswer, () => undefined); // what is wrong is told when a gloss is asked for
  }, [server.origin, server.token]);
  if (!answer || answer.digests.length === 0) return null;
  return (
    <section class="digests">
      <h2>{words.web.digests}</h2>
      <ul>
        {answer.digests.map(({ day, topic, papers, page }) => (
          <li key={page}>
            <a href={answer.address + page}>
              {topic} · {day}
            </a>{" "}
            <span>{words.web.papers(papers)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
