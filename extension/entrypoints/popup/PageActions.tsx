import { useState } from "preact/hooks";
import { askForPopup } from "../../background-client/popup";
import type { TabOfReader } from "../../shared/messages";
import type { ShownPage } from "../../shared/page-kind";
import { requestedPaperFrom, type RequestedPaper } from "../../shared/requested-paper";
import type { Words } from "../../shared/words";
import { openPdf } from "../../side-panel-client/open";
import type { PartProps } from "./usePopup";

interface PageActionsProps extends PartProps {
  tab: TabOfReader;
  /** Null when the tab shows no page of arXiv. */
  page: ShownPage | null;
}

/** What can be done with the page in the tab. */
export function PageActions({ words, model, tab, page }: PageActionsProps) {
  const [isDeaf, setDeaf] = useState(false);
  const { shortcuts } = model;
  const glossable = glossableKind(page);
  const requested = requestedFrom(tab, page);
  if (!glossable && !requested) return <p class="hint">{words.popup.elsewhere}</p>;
  const gloss = async (): Promise<void> => {
    const isHeard = await askForPopup({ type: "popup-to-background/gloss", tab });
    if (isHeard) window.close();
    else setDeaf(true);
  };
  return (
    <section class="actions">
      {page?.id && <p class="hint">arXiv:{page.id}</p>}
      {glossable && (
        <Action words={words.popup.gloss[glossable]} shortcut={shortcuts["gloss-page"]} onPress={() => void gloss()} />
      )}
      {requested && (
        <Action
          words={words.popup.whole}
          shortcut={shortcuts["whole-paper"]}
          onPress={() => void openPdf(requested, tab).then(() => window.close())}
        />
      )}
      <p class="wrong" role="status">
        {isDeaf && words.popup.reload}
      </p>
    </section>
  );
}

function glossableKind(page: ShownPage | null): keyof Words["popup"]["gloss"] | null {
  return page?.kind === "abstract" || page?.kind === "list" || page?.kind === "html" ? page.kind : null;
}

/** The whole paper that the tab shows something of: on arXiv, or a PDF elsewhere. */
function requestedFrom({ id, url }: TabOfReader, page: ShownPage | null): RequestedPaper | null {
  const isPaper = page ? page.id !== null : /\.pdf(\?|$)/i.test(url);
  return isPaper ? requestedPaperFrom(url, id, Date.now()) : null;
}

function Action({ words, shortcut, onPress }: { words: string; shortcut: string | undefined; onPress: () => void }) {
  return (
    <button type="button" class="first" onClick={onPress}>
      {words}
      {shortcut && <kbd>{shortcut}</kbd>}
    </button>
  );
}
