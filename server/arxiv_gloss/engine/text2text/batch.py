"""The texts of a translator or summarizer on their way through the step graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arxiv_gloss.engine.session import Array, Graph, Value, as_value
from arxiv_gloss.engine.text2text.beam_search import TextBeamSearch

_SHRINK = 0.5
"""Finished texts leave the batch when no more than this share of its texts is still running."""


@dataclass(eq=False, slots=True)
class TextState:
    """One text while it is decoded. `position` is its place among the texts of the call, `ids` its source tokens."""

    position: int
    ids: list[int]
    search: TextBeamSearch
    running: bool = True


class TextBatch:
    """Runs some texts at once, one token a step; each has `beam` hypotheses from its second token on.

    Keys and values stay where the graph made them: it reorders them by `beam_idx`, the parent of each hypothesis.
    """

    def __init__(
        self, step: Graph, beam: int, states: Sequence[TextState], visible: Array, made: Mapping[str, Value]
    ) -> None:
        """`visible`: the texts' mask int64 [texts, S]. `made`: outputs of the decoder over its prompt, a row for each
        text: `scores` and `tokens` [texts, K], keys and values `present.…` [texts, heads, tokens, head size]."""
        self._step, self._beam = step, beam
        self._states = list(states)
        self._width = 1
        """Hypotheses of each text in the last step: 1 after the prompt, then `beam`."""
        self._visible = visible
        self._cache = {name: value for name, value in made.items() if name.startswith("present.")}
        self._read(made)

    @property
    def running(self) -> bool:
        return any(state.running for state in self._states)

    def advance(self) -> list[TextState]:
        """Choose the next token of every hypothesis; returns the texts that are finished now."""
        done: list[TextState] = []
        self._next_tokens = np.zeros((len(self._states) * self._beam, 1), np.int64)
        self._beam_idx = np.zeros(len(self._next_tokens), np.int64)
        for n, state in enumerate(self._states):
            if not state.running:
                continue
            first = n * self._width
            offered = slice(first, first + len(state.search.beams))
            parents = state.search.advance(self._scores[offered].tolist(), self._tokens[offered].tolist())
            if not parents:
                state.running = False
                done.append(state)
            own = slice(n * self._beam, n * self._beam + len(parents))
            self._next_tokens[own, 0] = [one.tokens[-1] for one in state.search.beams[: len(parents)]]
            self._beam_idx[own] = first + np.array(parents, np.int64)
        return done

    def step(self) -> None:
        """Run the graph over the chosen tokens."""
        if self._width != self._beam:
            self._reorder_encoder_side(np.repeat(np.arange(len(self._states)), self._beam))
            self._width = self._beam
        self._pack()
        fed = {
            "input_ids": as_value(self._next_tokens),
            "origin": as_value(self._beam_idx),
            "encoder_attention_mask": as_value(self._visible),
        }
        names = {f"past_key_values.{name.removeprefix('present.')}": value for name, value in self._cache.items()}
        made = self._step.run(fed | {name: names[name] for name in self._step.inputs if name in names})
        self._cache |= {name: value for name, value in made.items() if name.startswith("present.")}
        self._read(made)

    def _read(self, made: Mapping[str, Value]) -> None:
        self._scores, self._tokens = made["scores"].numpy(), made["tokens"].numpy()

    def _pack(self) -> None:
        """Leave out the texts that are finished, when they are many."""
        kept = [n for n, state in enumerate(self._states) if state.running]
        if len(kept) > _SHRINK * len(self._states):
            return
        indices = np.concatenate([np.arange(n * self._beam, (n + 1) * self._beam) for n in kept])
        self._states = [self._states[n] for n in kept]
        self._next_tokens, self._beam_idx = self._next_tokens[indices], self._beam_idx[indices]
        self._reorder_encoder_side(indices)

    def _reorder_encoder_side(self, indices: Array) -> None:
        """Take these rows of what the encoder made; keys and values of the decoder follow `beam_idx`."""
        self._visible = self._visible[indices]
        for name, value in self._cache.items():
            if ".encoder." in name:
                self._cache[name] = self._step.to_device(value.numpy()[indices])
