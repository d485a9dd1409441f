const ID =
  /^(?:https?:\/\/(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/|arxiv:)?([a-z-]+(?:\.[a-z-]+)?\/\d{7}(?:v\d+)?|\d{4}\.\d{4,5}(?:v\d+)?)(?:\.pdf)?$/i;

/** The id, when all that was typed is one, or the address of its page; null when it is a text. */
export function readPaperId(typed: string): string | null {
  return ID.exec(typed.trim())?.[1] ?? null;
}
