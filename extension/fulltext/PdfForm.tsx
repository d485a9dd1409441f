import { useState } from "preact/hooks";
import type { FullTextSource } from "../client/fulltext";
import { readPaperId } from "../shared/paper-id";
import type { Words } from "../shared/words";

interface PdfFormProps {
  words: Words;
  /** Whether to ask for an id as well. */
  withId?: boolean;
  onPaper: (paper: FullTextSource) => void;
}

/** A paper by its id, or a PDF chosen from the disk; dropping one works on the whole page (`droppedPdf`). */
export function PdfForm({ words, withId = false, onPaper }: PdfFormProps) {
  const [typed, setTyped] = useState("");
  const id = readPaperId(typed);
  return (
    <form
      class="pdf"
      onSubmit={(event) => {
        event.preventDefault();
        if (id) onPaper({ id });
      }}
    >
      {withId && (
        <p>
          <label for="pdf-id">{words.fullText.idLabel}</label>
          <span class="choices">
            <input id="pdf-id" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
            <button type="submit" disabled={id === null}>
              {words.fullText.begin}
            </button>
          </span>
        </p>
      )}
      <p>
        <label for="pdf-file">{words.fullText.drop}</label>
        <input
          id="pdf-file"
          type="file"
          accept="application/pdf,.pdf"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) onPaper({ pdf: file });
          }}
        />
      </p>
    </form>
  );
}

/** Handlers for an element on which a PDF may be dropped. */
export function droppedPdf(onPaper: (paper: FullTextSource) => void) {
  return {
    onDragOver: (event: DragEvent): void => event.preventDefault(),
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) onPaper({ pdf: file });
    },
  };
}
