"""The rows of one window on their way through the step graph, and the buffers that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.search import NEVER, Floats, Searcher
from arxiv_gloss.engine.session import Array, Binding, Graph, Value

SHRINK = 0.75
"""The batch is packed anew when no more than this share of its rows is still running."""
FEWEST = 2
"""A batch of one would take the matrix-times-vector kernels, which add in another order: a row would depend on
whether it is alone. So the last running row keeps a finished one beside it."""


@dataclass(slots=True)
class Live:
    """One running row. `position` is its place among the requests; the slice is what it may see of the window."""

    position: int
    search: Searcher
    start: int
    end: int
    ban: Floats
    attention: NDArray[np.float64]
    """Sum over the steps of what it looked at [S]."""

    @property
    def running(self) -> bool:
        return not (self.search.ended or self.search.full)


def passenger(row: Live) -> Live:
    """A finished row like `row`, to sit beside it."""
    search = copy(row.search)
    search.ended = True
    return replace(row, search=search)


class Batch:
    """Runs up to all rows of a window at once, one token a step; finished rows leave it."""

    def __init__(self, step: Graph, shape: Shape, cross: Mapping[str, Value], width: int, rows: Sequence[Live]) -> None:
        self._step, self._shape, self._cross, self._width = step, shape, cross, width
        self._rows = [*rows, *(passenger(row) for row in rows[: max(0, FEWEST - len(rows))])]
        self._position = np.zeros(1, np.int64)
        self._total = np.zeros(1, np.int32)
        self._tokens = np.zeros((0, 1), np.int64)
        capacity = max((row.search.limit for row in rows), default=0) + 1
        past = (len(self._rows), shape.heads, capacity, shape.head_size)
        names = [f"{kind}_{i}" for i in range(shape.decoder_layers) for kind in ("key", "value")]
        self._past: dict[str, Floats] = {name: np.empty(past, np.float32) for name in names}

    def start(self, tasks: Sequence[int]) -> None:
        """Give each row its first token, the task."""
        first = np.array(tasks, np.int64).reshape(-1, 1)
        self._tokens = np.resize(first, (len(self._rows), 1))
        self._bind()

    @property
    def running(self) -> bool:
        return any(row.running for row in self._rows)

    def _bind(self) -> None:
        """Bind the buffers of the rows that are still running."""
        count, shape = len(self._rows), self._shape
        self._binding = Binding(self._step)
        self._length = np.zeros(count, np.int32)
        self._scores: Floats = np.empty((count, 1, shape.target_size), np.float32)
        self._look: Floats = np.empty((1, count, self._width), np.float32)
        self._bans = np.stack([row.ban for row in self._rows])
        visible = np.full((1, 1, count, self._width), NEVER, np.float32)
        for k, row in enumerate(self._rows):
            visible[0, 0, k, row.start : row.end] = 0
        given: dict[str, Array] = {
            "tokens": self._tokens,
            "position": self._position,
            "past_length": self._length,
            "total_length": self._total,
            "visible": visible,
        }
        for name, array in given.items():
            self._binding.give(name, array)
        for name, value in self._cross.items():
            self._binding.give_value(name, value)
        for name, buffer in self._past.items():
            self._binding.give(f"past_{name}", buffer)
            self._binding.take(f"present_{name}", buffer)
        self._binding.take("log_probabilities", self._scores)
        self._binding.take("look", self._look)

    def step(self) -> list[Live]:
        """One token for every row; returns the rows that are finished now."""
        at = int(self._position[0])
        self._length[:] = at
        self._total[0] = at + 1
        self._binding.run()
        scores, look = self._scores[:, 0], self._look[0]
        scores += self._bans
        done: list[Live] = []
        for k, row in enumerate(self._rows):
            if not row.running:
                continue
            token = row.search.choose(scores[k])
            row.attention += look[k]
            if row.search.say(token, float(scores[k, token]), int(look[k].argmax()) - row.start):
                done.append(row)
            self._tokens[k, 0] = token
        self._position[0] = at + 1
        if done:
            self._pack()
        return done

    def _pack(self) -> None:
        kept = [k for k, row in enumerate(self._rows) if row.running]
        if not kept or len(kept) > SHRINK * len(self._rows):
            return
        finished = [k for k, row in enumerate(self._rows) if not row.running]
        kept += finished[: max(0, FEWEST - len(kept))]
        if len(kept) == len(self._rows):
            return
        self._rows = [self._rows[k] for k in kept]
        self._tokens = np.ascontiguousarray(self._tokens[kept])
        self._past = {name: np.ascontiguousarray(buffer[kept]) for name, buffer in self._past.items()}
        self._bind()
