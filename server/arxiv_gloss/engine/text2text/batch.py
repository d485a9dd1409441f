"""The texts of a translator or summarizer on their way through the step graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from arxiv_gloss.engine.session import Array, Graph, Value, as_value
from arxiv_gloss.engine.text2text.beam_search import TextSearch

SHRINK = 0.5
"""The batch is packed anew when no more than this share of its texts is still running."""


@dataclass(eq=False, slots=True)
class Live:
    """One text. `position` is its place among the texts that were asked for."""

    position: int
    ids: list[int]
    search: TextSearch
    running: bool = True


class TextBatch:
    """Runs some texts at once, one token a step; each has `beam` lines from its second token on.

    Keys and values stay where the graph made them: `origin` tells it which line each line goes on from.
    """

    def __init__(
        self, step: Graph, beam: int, lives: Sequence[Live], visible: Array, made: Mapping[str, Value]
    ) -> None:
        """`visible`: the texts' mask [B, S]. `made`: what the decoder made of its prompt, one line a text."""
        self._step, self._beam = step, beam
        self._lives = list(lives)
        self._lines = 1
        self._visible = visible
        self._past = {name: value for name, value in made.items() if name.startswith("present.")}
        self._read(made)

    @property
    def running(self) -> bool:
        return any(live.running for live in self._lives)

    def advance(self) -> list[Live]:
        """Choose the next token of every line; returns the texts that are finished now."""
        done: list[Live] = []
        self._said = np.zeros((len(self._lives) * self._beam, 1), np.int64)
        self._origin = np.zeros(len(self._said), np.int64)
        for n, live in enumerate(self._lives):
            if not live.running:
                continue
            first = n * self._lines
            offered = slice(first, first + len(live.search.lines))
            parents = live.search.advance(self._scores[offered].tolist(), self._tokens[offered].tolist())
            if not parents:
                live.running = False
                done.append(live)
            own = slice(n * self._beam, n * self._beam + len(parents))
            self._said[own, 0] = [line.said[-1] for line in live.search.lines[: len(parents)]]
            self._origin[own] = first + np.array(parents, np.int64)
        return done

    def step(self) -> None:
        """Say the chosen tokens."""
        if self._lines != self._beam:
            self._keep_lines(np.repeat(np.arange(len(self._lives)), self._beam))
            self._lines = self._beam
        self._pack()
        fed = {
            "input_ids": as_value(self._said),
            "origin": as_value(self._origin),
            "encoder_attention_mask": as_value(self._visible),
        }
        names = {f"past_key_values.{name.removeprefix('present.')}": value for name, value in self._past.items()}
        made = self._step.flow(fed | {name: names[name] for name in self._step.inputs if name in names})
        self._past |= {name: value for name, value in made.items() if name.startswith("present.")}
        self._read(made)

    def _read(self, made: Mapping[str, Value]) -> None:
        self._scores, self._tokens = made["scores"].numpy(), made["tokens"].numpy()

    def _pack(self) -> None:
        """Leave out the texts that are finished, when they are many."""
        kept = [n for n, live in enumerate(self._lives) if live.running]
        if len(kept) > SHRINK * len(self._lives):
            return
        lines = np.concatenate([np.arange(n * self._beam, (n + 1) * self._beam) for n in kept])
        self._lives = [self._lives[n] for n in kept]
        self._said, self._origin = self._said[lines], self._origin[lines]
        self._keep_lines(lines)

    def _keep_lines(self, lines: Array) -> None:
        """These lines of the encoder's side; keys and values of the decoder follow `origin`."""
        self._visible = self._visible[lines]
        for name, value in self._past.items():
            if ".encoder." in name:
                self._past[name] = self._step.place(value.numpy()[lines])
