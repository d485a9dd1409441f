/** A list of papers: a bar above it, and under each entry its gloss. */
import { render } from "preact";
import type { ListEntry, ListPage } from "../../page";
import {
  EntryGloss,
  FrameContext,
  hasFormula,
  initialList,
  initialState,
  ListBar,
  nextEntries,
  reduceList,
  step,
  type ListEvent,
  type ListState,
  type Typeset,
} from "../../panel";
import { EXTENSION_RELOADED } from "../../shared/failure";
import type { ListedText, ListParts } from "../../shared/messages";
import { DEFAULTS, lookOf, type Look } from "../../shared/settings";
import { interfaceFor } from "../../shared/words";
import type { Line } from "./line";
import { isTyping, keyNameOf } from "./keys";
import { openEntry, type OpenedEntry } from "./opened";
import { hostWith, type Root } from "./root";
import { savedOnPage } from "./saved";
import { loadTypesetter } from "./typesetter";
import { watchSight } from "./sight";
import { slices } from "./slices";

/** A worker that dies again and again is not asked for ever. */
const MAX_BREAKS = 5;

export function mountList(page: ListPage, stored: Promise<Look | null>, line: Line): void {
  let look: Look = lookOf(DEFAULTS);
  let isLookKnown = false;
  let state: ListState = initialList(page.entries.length);
  let typeset: Typeset | null = null;
  let breaks = 0;
  let sent: readonly number[] | null = null;
  const opened = new Map<number, OpenedEntry>();

  const bar = hostWith("arxiv-gloss-list-bar");
  page.place(bar.host);
  const sight = watchSight(() => ask());
  const roots = new Map<number, Root>();
  const rootOf = (index: number): Root => {
    const known = roots.get(index);
    if (known) return known;
    const made = hostWith("arxiv-gloss-entry");
    page.entries[index]!.place(made.host);
    sight.watch(made.host, index);
    roots.set(index, made);
    return made;
  };

  const dispatch = (event: ListEvent): void => {
    const before = state;
    state = reduceList(state, event);
    line.keepAlive(sent !== null);
    drawBar();
    state.entries.forEach((entry, index) => {
      if (entry !== before.entries[index] || (state.current === index) !== (before.current === index)) draw(index);
    });
  };

  /** One request at a time: what is on the screen when it ends decides what comes next. */
  const ask = (): void => {
    if (sent !== null || state.paused || state.failure || !isLookKnown || !look.automatic) return;
    const next = nextEntries(state, sight.isNear);
    if (next.length === 0) return;
    // Titles of papers without an abstract need not wait until arXiv has been asked for it.
    const bare = next.filter((index) => page.entries[index]!.abstract === null && !state.entries[index]!.title);
    const asked = bare.length > 0 ? bare : next;
    const parts: ListParts = bare.length > 0 ? ["title"] : ["title", "gist"];
    send(asked, parts);
  };
  const send = (asked: readonly number[], parts: ListParts): void => {
    sent = asked;
    onlyTitles = parts.length === 1;
    dispatch({ type: "sent", entries: asked });
    const papers = asked.map((index): ListedText => {
      const { id, title, abstract } = page.entries[index]!;
      return { id, title, abstract };
    });
    line.send({ type: "content-to-background/list", papers, parts });
  };
  let onlyTitles = false;

  const toggle = (index: number): void => {
    dispatch({ type: "toggle", entry: index, what: "open" });
    const kept = opened.get(index);
    if (kept) {
      kept.close();
      opened.delete(index);
    } else {
      opened.set(
        index,
        openEntry(page.entries[index]!, rootOf(index).host, look, () => toggle(index)),
      );
    }
  };
  const hide = (index: number): void => {
    if (opened.has(index)) toggle(index);
    dispatch({ type: "toggle", entry: index, what: "hidden" });
    const { hidden } = state.entries[index]!;
    page.entries[index]!.elements.forEach((element) => element.classList.toggle("arxiv-gloss-hidden", hidden));
    sight.look();
  };
  const saved = savedOnPage(line, () => drawAll());
  const save = (index: number): void => {
    const { id, title, authors, abstract } = page.entries[index]!;
    saved.toggle({ id, title, authors, abstract });
  };
  const go = (by: 1 | -1): void => {
    const index = step(state, by);
    if (index === null) return;
    dispatch({ type: "go", entry: index });
    page.entries[index]!.elements[0]!.scrollIntoView({ block: "start", behavior: "instant" });
  };

  const frame = () => {
    const { words } = interfaceFor(look.language, navigator.language);
    const targetLang = look.target === "zh" ? "zh-CN" : look.target;
    const paper = { id: null, title: null, abstract: "" };
    return { state: initialState(paper), dispatch: () => undefined, words, targetLang, typeset };
  };
  const drawBar = (): void => {
    const { words, lang } = interfaceFor(look.language, navigator.language);
    render(
      <FrameContext.Provider value={frame()}>
        <section class="panel listed" lang={lang} data-theme={look.theme} aria-label={words.panel}>
          <ListBar
            list={look.automatic ? state : { ...state, paused: true }}
            keys={words.list.keys({ ...look.keys })}
            actions={{
              pause: (paused) => {
                look = { ...look, automatic: true };
                dispatch({ type: "pause", paused });
                ask();
              },
              retry: () => {
                dispatch({ type: "broken", failure: null });
                ask();
              },
              openOptions: () => line.send({ type: "content-to-background/options" }),
              openSaved: () => line.send({ type: "content-to-background/saved-page" }),
            }}
          />
        </section>
      </FrameContext.Provider>,
      bar.container,
    );
  };
  /** Loaded when the first formula is drawn. */
  let wantsTypeset = false;
  const typesetLater = ({ title, abstract }: ListEntry): void => {
    if (wantsTypeset || !(hasFormula(title) || hasFormula(abstract ?? ""))) return;
    wantsTypeset = true;
    void loadTypesetter().then(
      (loaded) => {
        typeset = loaded;
        drawAll();
      },
      () => undefined, // formulas stay TeX
    );
  };
  const draw = (index: number): void => {
    typesetLater(page.entries[index]!);
    const { lang } = interfaceFor(look.language, navigator.language);
    render(
      <FrameContext.Provider value={frame()}>
        <div class="panel listed" lang={lang} data-theme={look.theme} data-current={state.current === index}>
          <EntryGloss
            entry={state.entries[index]!}
            saved={saved.has(page.entries[index]!.id)}
            actions={{
              open: () => toggle(index),
              hide: () => hide(index),
              save: () => save(index),
              retry: () => {
                dispatch({ type: "retry", entry: index });
                ask();
              },
            }}
          />
        </div>
      </FrameContext.Provider>,
      rootOf(index).container,
    );
  };
  const drawing = slices();
  const drawAll = (): void => {
    drawBar();
    drawing.run(page.entries.length, draw);
  };
  const adopt = (told: Look): void => {
    const isOther = isLookKnown && (told.target !== look.target || told.terms !== look.terms);
    look = told;
    isLookKnown = true;
    if (isOther) state = initialList(page.entries.length);
    drawAll();
    ask();
  };

  void stored.then((told) => told && !isLookKnown && adopt(told));
  line.listen({
    onMessage(message) {
      if (message.type === "background-to-content/look") {
        if (!isLookKnown || JSON.stringify(message.look) !== JSON.stringify(look)) adopt(message.look);
      } else if (saved.take(message)) {
        return;
      } else if (message.type === "background-to-content/listed") {
        breaks = 0;
        const { paper, event } = message.listed;
        const entry = sent?.[paper];
        // A title alone is not the end of an entry.
        if (entry === undefined || (onlyTitles && event.event === "done")) return;
        dispatch({ type: "wire", entry, event });
      } else if (message.type === "background-to-content/list-done") {
        sent = null;
        dispatch({ type: "broken", failure: null });
        ask();
      } else if (message.type === "background-to-content/failed") {
        sent = null;
        dispatch({ type: "broken", failure: message.failure });
      }
    },
    onBreak() {
      sent = null;
      dispatch({ type: "broken", failure: null });
      if (breaks++ < MAX_BREAKS) ask();
    },
    onEnd() {
      const message = "The extension was updated. Reload this page.";
      dispatch({ type: "broken", failure: { code: EXTENSION_RELOADED, message } });
    },
  });
  // Whoever comes back from starting the server, or from pairing, should find the list going on.
  window.addEventListener("focus", () => {
    if (!state.failure || state.failure.code === EXTENSION_RELOADED) return;
    dispatch({ type: "broken", failure: null });
    ask();
  });
  document.addEventListener("keydown", (event) => {
    const name = isTyping(event) ? null : keyNameOf(event, look.keys);
    if (name === null) return;
    event.preventDefault();
    if (name === "next") go(1);
    else if (name === "previous") go(-1);
    else if (state.current !== null && name === "open") toggle(state.current);
    else if (state.current !== null && name === "hide") hide(state.current);
    else if (state.current !== null && name === "save") save(state.current);
  });

  drawAll();
}
