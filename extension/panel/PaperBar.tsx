import type { Failure } from "../shared/failure";
import type { Layout } from "../shared/settings";
import { useFrame } from "./frame";
import { Notice } from "./Notice";

const LAYOUTS: readonly Layout[] = ["stacked", "beside", "alone"];

export interface PaperBarState {
  /** Whether the paper is being translated in place. */
  on: boolean;
  layout: Layout;
  ready: number;
  all: number;
  failure: Failure | null;
  /** The target is the paper's own language. */
  noTarget: boolean;
  /** The key that switches. */
  key: string;
}

export interface PaperBarActions {
  gloss: () => void;
  toggle: () => void;
  setLayout: (layout: Layout) => void;
  retry: () => void;
  openOptions: () => void;
  saveMarkdown: () => void;
  saveHtml: () => void;
}

/** One line above an HTML paper: its gloss in the side panel, and its translation in place. */
export function PaperBar({ bar, actions }: { bar: PaperBarState; actions: PaperBarActions }) {
  const { words } = useFrame();
  const { on, failure } = bar;
  return (
    <div class="bar">
      <header>
        <span class="name">{words.panel}</span>
        <button
          type="button"
          class="button first"
          disabled={bar.noTarget}
          title={words.bilingual.key(bar.key)}
          onClick={actions.toggle}
        >
          {on ? words.bilingual.off : words.bilingual.on}
        </button>
        {on && <Layouts bar={bar} onChoose={actions.setLayout} />}
        {on && (bar.ready < bar.all ? <Progress bar={bar} /> : <Saving actions={actions} />)}
        {on && <span class="machine-made">{words.machineMade}</span>}
        {bar.noTarget && <span class="progress">{words.bilingual.noTarget}</span>}
        <button type="button" class="link whole" onClick={actions.gloss}>
          {words.fullText.glossHtml}
        </button>
      </header>
      {failure && <Notice failure={failure} onRetry={actions.retry} onOptions={actions.openOptions} />}
    </div>
  );
}

function Layouts({ bar, onChoose }: { bar: PaperBarState; onChoose: (layout: Layout) => void }) {
  const { words } = useFrame();
  return (
    <span class="layouts" role="group" aria-label={words.bilingual.layout}>
      {LAYOUTS.map((layout) => (
        <button
          key={layout}
          type="button"
          class="link"
          aria-pressed={bar.layout === layout}
          onClick={() => onChoose(layout)}
        >
          {words.bilingual.layouts[layout]}
        </button>
      ))}
    </span>
  );
}

function Progress({ bar: { ready, all } }: { bar: PaperBarState }) {
  const { words } = useFrame();
  const said = words.bilingual.progress(ready, all);
  return (
    <>
      <span class="progress">{said}</span>
      <progress aria-label={said} max={Math.max(1, all)} value={ready} />
    </>
  );
}

function Saving({ actions }: { actions: PaperBarActions }) {
  const { words } = useFrame();
  return (
    <span class="layouts" role="group" aria-label={words.bilingual.save}>
      <button type="button" class="link" aria-label={words.bilingual.saveMarkdown} onClick={actions.saveMarkdown}>
        {words.bilingual.save} .md
      </button>
      <button type="button" class="link" aria-label={words.bilingual.saveHtml} onClick={actions.saveHtml}>
        .html
      </button>
    </span>
  );
}
