"""The engine of translator and summarizer bundles: texts in, texts out, in one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy

import numpy as np

from arxiv_gloss.engine.bundle import Bundle, fp16_name
from arxiv_gloss.engine.device import KNOWN, best_device
from arxiv_gloss.engine.memory import trim
from arxiv_gloss.engine.protocol import SCORE_DIGITS, GeneratedText, ModelInfo
from arxiv_gloss.engine.session import Array, Graph, Value, Weights, as_value
from arxiv_gloss.engine.text2text.batch import TextBatch, TextState
from arxiv_gloss.engine.text2text.beam_search import TextBeamSearch
from arxiv_gloss.engine.text_config import Prompt, TextConfig
from arxiv_gloss.engine.tokenizer import Pieces
from arxiv_gloss.errors import BadRequest, BundleError, Cancelled

MAX_HYPOTHESES = 64
"""Texts times beam that are decoded together."""


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
            Graph(bundle, fp16_name(name) if half else name, weights, threads, device)
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
        prompt = self._prompt(target)
        return [*prompt.encoder_prefix, *self._pieces.encode(text), *prompt.encoder_suffix]

    def count_tokens(self, text: str) -> int:
        """Source tokens of a text, without those of a Prompt."""
        return len(self._pieces.encode(text))

    def max_source_tokens(self, target: str) -> int:
        """Most source tokens of a text. Raises BadRequest for a language that the model does not write."""
        prompt = self._prompt(target)
        return self.config.source_limit - len(prompt.encoder_prefix) - len(prompt.encoder_suffix)

    def generate(
        self, texts: Sequence[str], target: str, cancelled: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[int, GeneratedText]]:
        """Yield (position in `texts`, text in `target`) as texts finish.

        Raises BadRequest for an unknown target or a text longer than `max_source_tokens`, Cancelled before the next
        step once `cancelled` is true.
        """
        prompt = self._prompt(target)
        states = [self._text_state(position, text, target) for position, text in enumerate(texts)]
        states.sort(key=lambda state: len(state.ids))
        at_once = max(1, MAX_HYPOTHESES // self.config.generation.beam)
        for start in range(0, len(states), at_once):
            yield from self._together(states[start : start + at_once], prompt, cancelled)

    def _prompt(self, target: str) -> Prompt:
        if target not in self.config.prompts:
            known = ", ".join(self.config.prompts)
            raise BadRequest(f"The model {self.info.name} does not write {target!r}; it writes {known}.")
        return self.config.prompts[target]

    def _text_state(self, position: int, text: str, target: str) -> TextState:
        ids = self.ids(text, target)
        if len(ids) > self.config.source_limit:
            raise BadRequest(f"A text of {len(ids)} tokens is too long for the model {self.info.name}.")
        prompt_length = len(self._prompt(target).decoder_prefix)
        return TextState(position, ids, TextBeamSearch(self.config.generation, prompt_length))

    def _together(
        self, states: list[TextState], prompt: Prompt, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, GeneratedText]]:
        batch = TextBatch(self._next, self.config.generation.beam, states, *self._begin(states, prompt))
        while True:
            for state in batch.advance():
                yield state.position, self._text(state)
            if not batch.running:
                break
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            batch.step()
        del batch
        trim()

    def _begin(self, states: list[TextState], prompt: Prompt) -> tuple[Array, dict[str, Value]]:
        """The texts' mask int64 [texts, S], and the decoder's outputs over its prompt."""
        length = max(len(state.ids) for state in states)
        ids = np.full((len(states), length), self.config.pad, np.int64)
        visible = np.zeros((len(states), length), np.int64)
        for n, state in enumerate(states):
            ids[n, : len(state.ids)] = state.ids
            visible[n, : len(state.ids)] = 1
        mask = as_value(visible)
        encoded = self._encoder.run({"input_ids": as_value(ids), "attention_mask": mask})["last_hidden_state"]
        prefix = np.tile(np.array(prompt.decoder_prefix, np.int64), (len(states), 1))
        given = {"input_ids": as_value(prefix), "encoder_attention_mask": mask, "encoder_hidden_states": encoded}
        return visible, self._first.run(given)

    def _text(self, state: TextState) -> GeneratedText:
        found, complete = state.search.result
        mean = found.score / (len(found.tokens) + 1)
        return GeneratedText(self._pieces.decode(found.tokens), found.tokens, round(mean, SCORE_DIGITS), complete)


def load_text_model(bundle: Bundle, threads: int = 1) -> TextModel:
    """Load a bundle on the best device. Raises BundleError or EngineError."""
    on_cpu = TextModel(bundle, threads)
    return best_device(bundle, on_cpu, lambda: TextModel(bundle, threads, "CUDA", half=True), _known)


def _known(model: TextModel) -> tuple[int, ...]:
    target = next(iter(model.config.prompts))
    ((_, text),) = model.generate([KNOWN], target)
    return text.ids
