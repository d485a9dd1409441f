/** What the gloss of a whole paper is given from outside. */

/** A page of a PDF, or an element of an HTML paper. */
export interface PaperPlace {
  page: number | null;
  anchor?: string | null;
  /** The section's title, or the figure's name. */
  section: string;
}

export interface ExportedFile {
  name: string;
  type: string;
  content: string | Uint8Array<ArrayBuffer>;
}

/** What the reader may ask for. */
export interface FullTextActions {
  again: () => void;
  copy: (markdown: string) => Promise<void>;
  save: (file: ExportedFile) => void;
  /** Null where there is nothing of the kind. */
  openOptions: (() => void) | null;
}
