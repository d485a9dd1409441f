"""The rows of one window on their way through the step graph, and the buffers that their lines share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.search import Search
from arxiv_gloss.engine.session import Array, Binding, Graph, Value
from arxiv_gloss.engine.spelling import NEVER, Floats, Spelling

SHRINK = 0.75
"""The batch is packed anew when no more than this share of its lines is still running."""
FEWEST = 2
"""A batch of one would take the matrix-times-vector kernels, which add in another order: a row would depend on
whether it is alone. So the last running line keeps an idle one beside it."""


@dataclass(eq=False, slots=True)
class Live:
    """One row. `position` is its place among the requests; the slice is what it may see of the window."""

    position: int
    search: Search
    start: int
    end: int
    task: int
    ban: Floats
    spelling: Spelling | None
    attention: NDArray[np.float64]
    """Sum over the steps of what each line looked at [width, S]."""
    ended: NDArray[np.float64] | None = None
    """The same for the best line that has come to an end [S]."""
    place: int = 0
    """Where its first line stands in the batch."""
    running: bool = True

    def bans(self) -> list[Floats]:
        """What each line may not say next [V]."""
        return [self.spelling.ban(line.said) if self.spelling else self.ban for line in self.search.lines]


class Batch:
    """Runs all rows of a window at once, one token a step; rows that have finished leave it.

    A row owns `width` neighbouring lines. Lines that it does not use yet compute along and are not read.
    """

    def __init__(
        self, step: Graph, shape: Shape, cross: Mapping[str, Value], length: int, rows: Sequence[Live]
    ) -> None:
        self._step, self._shape, self._cross, self._length = step, shape, cross, length
        self._rows = list(rows)
        self._position = np.zeros(1, np.int64)
        self._total = np.zeros(1, np.int32)
        lines = max(FEWEST, sum(row.search.width for row in rows))
        capacity = max(row.search.limit for row in rows) + 1
        names = [f"{kind}_{i}" for i in range(shape.decoder_layers) for kind in ("key", "value")]
        size = (lines, shape.heads, capacity, shape.head_size)
        self._past: dict[str, Floats] = {name: np.empty(size, np.float32) for name in names}
        self._tokens = np.zeros((lines, 1), np.int64)
        place = 0
        for row in self._rows:
            row.place, place = place, place + row.search.width
            self._tokens[row.place : place] = row.task
        self._bind()

    @property
    def running(self) -> bool:
        return any(row.running for row in self._rows)

    def step(self) -> list[Live]:
        """One token for every line; returns the rows that are finished now."""
        at = int(self._position[0])
        self._past_length[:] = at
        self._total[0] = at + 1
        self._binding.run()
        looks = self._look[0].argmax(1)
        origin = np.arange(len(self._tokens))
        done: list[Live] = []
        for row in self._rows:
            lines = slice(row.place, row.place + len(row.search.lines))
            row.attention[: len(row.search.lines)] += self._look[0, lines]
            ahead = (looks[lines] - row.start).tolist()
            parents = row.search.advance(self._scores[lines, 0], self._best[lines, 0], self._specials[lines, 0], ahead)
            if row.search.ended_from is not None:
                row.ended = row.attention[row.search.ended_from].copy()
            if not parents:
                row.running = False
                done.append(row)
                continue
            new = slice(row.place, row.place + len(parents))
            origin[new] = np.array(parents) + row.place
            row.attention[: len(parents)] = row.attention[parents]
            self._tokens[new, 0] = [line.said[-1] for line in row.search.lines]
            self._forbid(row)
        self._reorder(origin, at + 1)
        self._position[0] = at + 1
        if done:
            self._rows = [row for row in self._rows if row.running]
            self._pack()
        return done

    def _forbid(self, row: Live) -> None:
        """Tell the graph what the row's lines may not say; most of them are where they were."""
        for place, ban in enumerate(row.bans(), row.place):
            if self._told[place] is not ban:
                self._told[place] = ban
                self._banned[place, 0] = ban

    def _reorder(self, origin: NDArray[np.intp], length: int) -> None:
        """Give each line the past of the line it goes on from."""
        moved = np.flatnonzero(origin != np.arange(len(origin)))
        if len(moved):
            for buffer in self._past.values():
                buffer[moved, :, :length] = buffer[origin[moved], :, :length]

    def _pack(self) -> None:
        """Leave out the lines of finished rows."""
        kept = [row.place + k for row in self._rows for k in range(row.search.width)]
        if not kept or len(kept) > SHRINK * len(self._tokens) or len(self._tokens) <= FEWEST:
            return
        place = 0
        for row in self._rows:
            row.place, place = place, place + row.search.width
        kept += [k for k in range(len(self._tokens)) if k not in kept][: max(0, FEWEST - len(kept))]
        said = int(self._position[0])
        self._tokens = np.ascontiguousarray(self._tokens[kept])
        for name, buffer in self._past.items():
            buffer[: len(kept), :, :said] = buffer[kept, :, :said]
            self._past[name] = buffer[: len(kept)]
        self._bind()

    def _bind(self) -> None:
        """Bind the buffers of the lines that are in the batch now."""
        lines, shape = len(self._tokens), self._shape
        self._past_length = np.zeros(lines, np.int32)
        self._look: Floats = np.empty((1, lines, self._length), np.float32)
        visible = np.full((1, 1, lines, self._length), NEVER, np.float32)
        self._banned: Floats = np.zeros((lines, 1, shape.target_size), np.float32)
        self._told: list[Floats | None] = [None] * lines
        for row in self._rows:
            own = slice(row.place, row.place + row.search.width)
            visible[0, 0, own, row.start : row.end] = 0
            self._banned[own, 0] = row.ban
            self._forbid(row)
        given: dict[str, Array] = {
            "tokens": self._tokens,
            "position": self._position,
            "past_length": self._past_length,
            "total_length": self._total,
            "visible": visible,
            "banned": self._banned,
        }
        self._binding = Binding(self._step)
        for name, array in given.items():
            self._binding.give(name, array)
        for name, value in self._cross.items():
            self._binding.give_value(name, value)
        for name, buffer in self._past.items():
            self._binding.give(f"past_{name}", buffer)
            self._binding.take(f"present_{name}", buffer)
        sizes = self._step.output_sizes
        self._scores: Floats = np.empty((lines, 1, sizes["best_scores"]), np.float32)
        self._best = np.empty((lines, 1, sizes["best_tokens"]), np.int64)
        self._specials: Floats = np.empty((lines, 1, sizes["specials"]), np.float32)
        self._binding.take("best_scores", self._scores)
        self._binding.take("best_tokens", self._best)
        self._binding.take("specials", self._specials)
        self._binding.take("look", self._look)
