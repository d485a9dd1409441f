"""The engine of translator and summarizer bundles: texts in, texts out, in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy

import numpy as np

from arxiv_gloss.engine.bundle import Bundle, in_half
from arxiv_gloss.engine.device import KNOWN, best_device
from arxiv_gloss.engine.memory import tidy
from arxiv_gloss.engine.protocol import ModelInfo, Text
from arxiv_gloss.engine.session import Array, Graph, Value, Weights, as_value
from arxiv_gloss.engine.text2text.batch import Live, TextBatch
from arxiv_gloss.engine.text2text.beam_search import TextSearch
from arxiv_gloss.engine.text_config import Speech, TextConfig
from arxiv_gloss.engine.tokenizer import Pieces
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled

MOST_LINES = 64
"""Lines, texts times beam, that are decoded together."""
SCORE_DIGITS = 4


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
            Graph(bundle, in_half(name) if half else name, weights, threads, device)
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
        batch = TextBatch(self._next, self.config.generation.beam, lives, *self._begin(lives, speech))
        while True:
            for live in batch.advance():
                yield live.position, self._text(live)
            if not batch.running:
                break
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            batch.step()
        del batch
        tidy()

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
