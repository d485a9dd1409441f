import { render } from "preact";
import { browser } from "wxt/browser";
import type { PaperPage } from "../../page";
import {
  hasFormula,
  initialState,
  litSegments,
  Panel,
  reduce,
  typesetterOf,
  type PanelEvent,
  type PanelState,
  type Temml,
  type Typeset,
} from "../../panel";
import panelStyle from "../../panel/panel.css?inline";
import { EXTENSION_RELOADED } from "../../shared/failure";
import type { Look } from "../../shared/settings";
import { interfaceFor, type Words } from "../../shared/words";
import type { Line } from "./line";

/** A worker that dies again and again is not asked for ever. */
const MAX_BREAKS = 5;

/** Put the panel on the page, and keep it, the page and the line to the background in step. */
export function mountPanel(page: PaperPage, line: Line): void {
  const root = createRoot(page);
  let state: PanelState = initialState(page.paper);
  let look: Look | null = null;
  let typeset: Typeset | null = null;
  let breaks = 0;

  const dispatch = (event: PanelEvent): void => {
    state = reduce(state, event);
    line.keepAlive(state.phase === "working");
    draw();
    const lit = litSegments(state);
    page.original.light(state.sentences.filter(({ index }) => lit.includes(index)).map(({ span }) => span));
  };
  const ask = (again: boolean): void => {
    dispatch({ type: "asked", again });
    line.send({ type: "content-to-background/gloss", paper: page.paper });
  };
  const start = (): void => {
    if (look?.automatic && !look.collapsed && state.phase === "idle") ask(true);
  };
  const draw = (): void => {
    if (!look) return;
    const { words, lang } = interfaceFor(look.language, navigator.language);
    root.placement.setOpen(!look.collapsed && state.phase !== "idle");
    render(
      <Panel
        frame={{ state, dispatch, words, targetLang: look.target === "zh" ? "zh-CN" : look.target, typeset }}
        actions={{
          gloss: () => ask(false),
          glossAgain: () => ask(true),
          copy: (markdown) => navigator.clipboard.writeText(markdown),
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

  line.listen({
    onMessage(message) {
      if (message.type === "background-to-content/look") {
        const targetChanged = look !== null && look.target !== message.look.target && state.phase !== "idle";
        look = message.look;
        draw();
        if (targetChanged) ask(true);
        else start();
      } else if (message.type === "background-to-content/event") {
        breaks = 0;
        dispatch({ type: "wire", event: message.event });
      } else {
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

  if (hasFormula(page.paper.title ?? "") || hasFormula(page.paper.abstract)) {
    void loadTypesetter().then((loaded) => {
      typeset = loaded;
      draw();
    });
  }
}

function createRoot(page: PaperPage) {
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = panelStyle;
  const container = document.createElement("div");
  shadow.append(style, container);
  return { container, placement: page.place(host) };
}

function remarksOn(page: PaperPage, words: Words): string[] {
  const remarks: string[] = [];
  if (page.withdrawn) remarks.push(page.withdrawn === "this" ? words.withdrawnThis : words.withdrawnNewer);
  if (page.latest) remarks.push(words.olderVersion(page.latest));
  return remarks;
}

/** 200 kB that only pages with formulas need. */
async function loadTypesetter(): Promise<Typeset> {
  const url = browser.runtime.getURL("/temml.mjs");
  const module = (await import(/* @vite-ignore */ url)) as { default: Temml };
  return typesetterOf(module.default);
}
