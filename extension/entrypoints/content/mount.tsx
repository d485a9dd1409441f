import { render } from "preact";
import { whenParsed, type PaperPage } from "../../page";
import {
  hasFormula,
  initialState,
  litSegments,
  Panel,
  reduce,
  type PanelEvent,
  type PanelState,
  type Typeset,
} from "../../panel";
import { EXTENSION_RELOADED, NOT_PAIRED, SERVER_DOWN } from "../../shared/failure";
import { DEFAULTS, lookOf, type Look } from "../../shared/settings";
import { interfaceFor, type Words } from "../../shared/words";
import type { Line } from "./line";
import { createRoot } from "./root";
import { savedOnPage } from "./saved";
import { loadTypesetter } from "./typesetter";

/** What a reader cures elsewhere, in a terminal or on the options page. */
const CURABLE = new Set<string>([SERVER_DOWN, NOT_PAIRED, "not_allowed"]);

/** A worker that dies again and again is not asked for ever. */
const MAX_BREAKS = 5;

/**
 * Put the panel on the page, and keep it, the page and the line to the background in step.
 *
 * The page is painted before the look is known: until then the panel stands there as most readers have it, open and
 * waiting, so that it need not push anything aside later. Nothing is asked yet.
 */
export function mountPanel(page: PaperPage, stored: Promise<Look | null>, line: Line): void {
  const root = createRoot(page);
  let look = lookOf(DEFAULTS);
  let isLookKnown = false;
  let state: PanelState = initialState(page.readPaper());
  let typeset: Typeset | null = null;
  let breaks = 0;
  const saved = page.readAuthors && savedOnPage(line, () => draw());

  const dispatch = (event: PanelEvent): void => {
    state = reduce(state, event);
    line.keepAlive(state.phase === "working");
    draw();
    const lit = litSegments(state);
    page.original.light(state.sentences.filter(({ index }) => lit.includes(index)).map(({ span }) => span));
  };
  const ask = (again: boolean): void => {
    dispatch({ type: "asked", paper: page.readPaper(), again });
    void whenParsed(document).then(() => {
      line.send({ type: "content-to-background/gloss", paper: page.readPaper() });
    });
  };
  const adopt = (told: Look): void => {
    const isFirst = !isLookKnown;
    const isOther = (look.target !== told.target || look.terms !== told.terms) && state.phase !== "idle";
    look = told;
    isLookKnown = true;
    const wanted = told.automatic && !told.collapsed;
    if (isFirst && !wanted) state = initialState(page.readPaper());
    if (wanted && (isFirst || state.phase === "idle" || isOther)) ask(true);
    else draw();
  };
  const draw = (): void => {
    const { id: paperId, title, abstract } = state.paper;
    const paper = paperId !== null && title !== null ? { id: paperId, title, abstract } : null;
    const { words, lang } = interfaceFor(look.language, navigator.language);
    root.placement.setOpen(!look.collapsed && state.phase !== "idle");
    render(
      <Panel
        frame={{ state, dispatch, words, targetLang: look.target === "zh" ? "zh-CN" : look.target, typeset }}
        actions={{
          gloss: () => ask(false),
          glossAgain: () => ask(true),
          copy: (markdown) => navigator.clipboard.writeText(markdown),
          openPdf:
            paperId === null ? null : () => line.send({ type: "content-to-background/pdf", id: paperId, html: false }),
          save:
            saved && paper
              ? { saved: saved.has(paper.id), toggle: () => saved.toggle({ ...paper, authors: page.readAuthors!() }) }
              : null,
          openOptions: () => line.send({ type: "content-to-background/options" }),
          collapse: (collapsed) => line.send({ type: "content-to-background/collapse", collapsed }),
        }}
        lang={lang}
        theme={look.theme}
        collapsed={look.collapsed}
        remarks={remarksOn(page, words)}
      />,
      root.container,
    );
  };

  dispatch({ type: "asked", paper: page.readPaper(), again: true });
  void stored.then((told) => told && !isLookKnown && adopt(told));
  line.listen({
    onMessage(message) {
      if (message.type === "background-to-content/look") {
        if (!isLookKnown || JSON.stringify(message.look) !== JSON.stringify(look)) adopt(message.look);
      } else if (message.type === "background-to-content/event") {
        breaks = 0;
        dispatch({ type: "wire", event: message.event });
      } else if (saved?.take(message)) {
        return;
      } else if (message.type === "background-to-content/failed") {
        dispatch({ type: "failed", failure: message.failure });
      }
    },
    onBreak() {
      if (state.phase === "working" && breaks++ < MAX_BREAKS) ask(false);
    },
    onEnd() {
      const message = "The extension was updated. Reload this page.";
      dispatch({ type: "failed", failure: { code: EXTENSION_RELOADED, message } });
    },
  });

  page.original.watchPointer(
    () => state.sentences.map((sentence) => sentence.span),
    (index) => {
      dispatch({ type: "point", light: index === null ? null : { key: `segment-${index}`, segments: [index] } });
    },
  );

  // Whoever comes back from starting the server, or from pairing, should find the gloss and not the old notice.
  window.addEventListener("focus", () => {
    if (CURABLE.has(state.failure?.code ?? "") && !look.collapsed) ask(false);
  });

  if (hasFormula(state.paper.title ?? "") || hasFormula(state.paper.abstract)) {
    void loadTypesetter().then(
      (loaded) => {
        typeset = loaded;
        draw();
      },
      () => undefined, // formulas stay TeX
    );
  }
}

function remarksOn(page: PaperPage, words: Words): string[] {
  const remarks: string[] = [];
  if (page.withdrawn) remarks.push(page.withdrawn === "this" ? words.withdrawnThis : words.withdrawnNewer);
  if (page.onlyMetadata) remarks.push(words.onlyMetadata);
  if (page.latest) remarks.push(words.olderVersion(page.latest));
  return remarks;
}
