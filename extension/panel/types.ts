/** What the panel is given from outside. */

/** Draw a formula into an element; throws when the TeX makes no sense. */
export type Typeset = (tex: string, into: HTMLElement, display: boolean) => void;

/** What the reader may ask for; the panel itself reaches neither browser nor server. */
export interface PanelActions {
  gloss: () => void;
  glossAgain: () => void;
  copy: (markdown: string) => Promise<void>;
  /** The whole paper's gloss. Null, like the next three, where there is nothing of the kind. */
  openPdf: (() => void) | null;
  save: { saved: boolean; toggle: () => void } | null;
  openOptions: (() => void) | null;
  collapse: ((collapsed: boolean) => void) | null;
}

/** A line about the paper that goes before its gloss. */
export interface Remark {
  text: string;
  /** What must not be overlooked. */
  isWarning: boolean;
  /** Where `text` ends with a link. */
  link?: { text: string; address: string };
  /** The authors' own words, in English, after words of ours. */
  quotation?: { lead: string; text: string };
}
