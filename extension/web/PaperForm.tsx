import { useState } from "preact/hooks";
import type { PaperText } from "../shared/messages";
import type { Words } from "../shared/words";
import { readPaperId } from "../shared/paper-id";

interface PaperFormProps {
  words: Words;
  onPaper: (paper: PaperText) => void;
}

export function PaperForm({ words, onPaper }: PaperFormProps) {
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const id = readPaperId(text);
        onPaper({ id, title: title.trim() || null, abstract: id === null ? text.trim() : "" });
      }}
    >
      <p>{words.web.lead}</p>
      <p>
        <label for="title">{words.web.paperTitle}</label>
        <input id="title" value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
      </p>
      <p>
        <label for="paper">{words.web.paper}</label>
        <textarea id="paper" rows={7} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </p>
      <p>
        <button type="submit" disabled={text.trim() === ""}>
          {words.web.gloss}
        </button>
      </p>
    </form>
  );
}
