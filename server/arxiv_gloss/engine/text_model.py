"""The engine of translator and summarizer bundles: texts in, texts out, in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from arxiv_gloss.engine.bundle import Bundle
from arxiv_gloss.engine.device import KNOWN, best_device
from arxiv_gloss.engine.memory import tidy
from arxiv_gloss.engine.protocol import ModelInfo, Text
from arxiv_gloss.engine.session import Array, Graph, Value, Weights, as_value
from arxiv_gloss.engine.text_config import Speech, TextConfig
from arxiv_gloss.engine.text_search import TextSearch
from arxiv_gloss.engine.tokenizer import Pieces
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled

MOST_LINES = 64
"""Lines, texts times beam, that are decoded together."""
SHRINK = 0.5
"""The batch is packed anew when no more than this share of its texts is still running."""
SCORE_DIGITS = 4


@dataclass(eq=False, slots=True)
class Live:
    """One text. `position` is its place among the texts that were asked for."""

    position: int
    ids: list[int]
    search: TextSearch
    running: bool = True


class TextModel:
    """One loaded bundle. All state of a call lives in that call, so threads may share it."""

    def __init__(self, bundle: Bundle, threads: int = 1, device: str = "CPU", half: bool = False) -> None:
        """`half`: the graphs in fp16, which are made for CUDA."""
        config = bundle.config
        if not isinstance(config, TextConfig):
            raise BundleError(f"The bundle {bundle.name} is a glosser, no translator or summarizer.")
        self.config = config
        self._pieces = Pieces(bundle.path)
        weights = Weights(bundle)
        self._encoder, self._first, self._next = (
            Graph(bundle, f"{name}.fp16" if half else name, weights, threads, device)
            for name in ("encoder", "first", "next")
        )
        precision = "fp16" if half else config.precision
        self.info = ModelInfo(bundle.name, bundle.digest, precision, self._next.provider, config.targets)
        self.tag = config.tag

    def with_config(self, config: TextConfig) -> TextModel:
        """The same weights under other rules."""
        other = copy(self)
        other.config = config
        return other

    def ids(self, text: str, target: str) -> list[int]:
        """Source ids as the encoder gets them."""
        speech = self._speech(target)
        return [*speech.before, *self._pieces.encode(text), *speech.after]

    def length(self, text: str) -> int:
        """Source tokens of a text, without those of a Speech."""
        return len(self._pieces.encode(text))

    def room(self, target: str) -> int:
        """Most source tokens of a text. Raises BadRequest for a language that the model does not speak."""
        speech = self._speech(target)
        return self.config.source_limit - len(speech.before) - len(speech.after)

    def say(
        self, texts: Sequence[str], target: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, Text]]:
        """Yield (position in `texts`, text in `target`) as texts finish.

        Raises BadRequest for an unknown target or a text longer than `room`, Cancelled before the next step when told
        so.
        """
        speech = self._speech(target)
        lives = [self._live(position, text, target) for position, text in enumerate(texts)]
        lives.sort(key=lambda live: len(live.ids))
        at_once = max(1, MOST_LINES // self.config.generation.beam)
        for start in range(0, len(lives), at_once):
            yield from self._together(lives[start : start + at_once], speech, cancelled)

    def _speech(self, target: str) -> Speech:
        if target not in self.config.speeches:
            known = ", ".join(self.config.speeches)
            raise BadRequest(f"The model {self.info.name} does not speak {target!r}; it speaks {known}.")
        return self.config.speeches[target]

    def _live(self, position: int, text: str, target: str) -> Live:
        ids = self.ids(text, target)
        if len(ids) > self.config.source_limit:
            raise BadRequest(f"A text of {len(ids)} tokens is too long for the model {self.info.name}.")
        return Live(position, ids, TextSearch(self.config.generation, len(self._speech(target).said)))

    def _together(self, lives: list[Live], speech: Speech, cancelled: Callable[[], bool]) -> Iterator[tuple[int, Text]]:
        beam = self.config.generation.beam
        visible, made = self._begin(lives, speech)
        past = {name: value for name, value in made.items() if name.startswith("present.")}
        scores, tokens = made["scores"].numpy(), made["tokens"].numpy()
        lines = 1
        while True:
            said = np.zeros((len(lives) * beam, 1), np.int64)
            origin = np.zeros(len(lives) * beam, np.int64)
            for n, live in enumerate(lives):
                rows = slice(n * lines, n * lines + len(live.search.lines))
                parents = live.search.advance(scores[rows].tolist(), tokens[rows].tolist()) if live.running else []
                if live.running and not parents:
                    live.running = False
                    yield live.position, self._text(live)
                own = slice(n * beam, n * beam + len(parents))
                said[own, 0] = [line.said[-1] for line in live.search.lines[: len(parents)]]
                origin[own] = n * lines + np.array(parents, np.int64)
            if not any(live.running for live in lives):
                del past, made
                tidy()
                return
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            if lines != beam:
                spread = np.repeat(np.arange(len(lives)), beam)
                past, visible, lines = self._lines(past, spread), visible[spread], beam
            kept = [n for n, live in enumerate(lives) if live.running]
            if len(kept) <= SHRINK * len(lives):
                lives = [lives[n] for n in kept]
                rows_kept = np.concatenate([np.arange(n * beam, (n + 1) * beam) for n in kept])
                said, origin, visible = said[rows_kept], origin[rows_kept], visible[rows_kept]
                past = self._lines(past, rows_kept)
            fed = {"input_ids": as_value(said), "origin": as_value(origin), "encoder_attention_mask": as_value(visible)}
            names = {f"past_key_values.{name.removeprefix('present.')}": value for name, value in past.items()}
            made = self._next.flow(fed | {name: names[name] for name in self._next.inputs if name in names})
            past |= {name: value for name, value in made.items() if name.startswith("present.")}
            scores, tokens = made["scores"].numpy(), made["tokens"].numpy()

    def _begin(self, lives: list[Live], speech: Speech) -> tuple[Array, dict[str, Value]]:
        """The texts' mask [B, S], and what the decoder makes of its prompt."""
        length = max(len(live.ids) for live in lives)
        ids = np.full((len(lives), length), self.config.pad, np.int64)
        visible = np.zeros((len(lives), length), np.int64)
        for n, live in enumerate(lives):
            ids[n, : len(live.ids)] = live.ids
            visible[n, : len(live.ids)] = 1
        mask = as_value(visible)
        states = self._encoder.flow({"input_ids": as_value(ids), "attention_mask": mask})["last_hidden_state"]
        prompt = np.tile(np.array(speech.said, np.int64), (len(lives), 1))
        given = {"input_ids": as_value(prompt), "encoder_attention_mask": mask, "encoder_hidden_states": states}
        return visible, self._first.flow(given)

    def _lines(self, past: dict[str, Value], lines: Array) -> dict[str, Value]:
        """These lines of the encoder's keys and values; those of the decoder follow `origin`."""
        place = self._next.place
        return {k: place(v.numpy()[lines]) if ".encoder." in k else v for k, v in past.items()}

    def _text(self, live: Live) -> Text:
        line, complete = live.search.result
        mean = line.score / (len(line.said) + 1)
        return Text(self._pieces.decode(line.said), line.said, round(mean, SCORE_DIGITS), complete)


def load_text_model(bundle: Bundle, threads: int = 1) -> TextModel:
    """Load a bundle on the best device. Raises BundleError or EngineError."""
    on_cpu = TextModel(bundle, threads)
    return best_device(bundle, on_cpu, lambda: TextModel(bundle, threads, "CUDA", half=True), _known)


def _known(model: TextModel) -> tuple[int, ...]:
    target = next(iter(model.config.speeches))
    ((_, text),) = model.say([KNOWN], target)
    return text.ids
