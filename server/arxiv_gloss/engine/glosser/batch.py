"""The rows of one window on their way through the step graph, and the arrays that their lines share."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.glosser.beam_search import Search
from arxiv_gloss.engine.glosser.kv_cache import room
from arxiv_gloss.engine.glosser.spelling import NEVER, Floats, Spelling
from arxiv_gloss.engine.session import Array, Binding, Graph, Value

SHRINK = 0.85
"""The batch is made shorter when its lines would fit into this share of it."""
STRIDE = 4
"""Its length is a multiple of this, so that it need not be bound anew for each line that comes or goes. At least two
lines: a batch of one would take the matrix-times-vector kernels, which add in another order, and a row would depend on
whether it is alone."""


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
    places: list[int] = field(default_factory=list)
    """Where its lines stand in the batch."""
    history: list[tuple[int, ...]] = field(default_factory=list)
    """Where they stood in each step so far."""
    looked: Floats | None = None
    """What its result looked at in each step [steps, S], once it is finished."""
    running: bool = True

    def bans(self) -> list[Floats]:
        """What each line may not say next [V]."""
        return [self.spelling.ban(line.said) if self.spelling else self.ban for line in self.search.lines]


class Batch:
    """Runs all rows of a window at once, one token a step; rows that have finished leave it.

    A line keeps its place as long as it goes on; a second line from the same parent takes a free place and a copy of
    the parent's past. When enough places are free, the last lines move into them and the batch becomes shorter.
    """

    def __init__(
        self, step: Graph, shape: Shape, cross: Mapping[str, Value], length: int, rows: Sequence[Live]
    ) -> None:
        self._step, self._cross, self._length = step, cross, length
        self._rows = list(rows)
        most = rounded(sum(row.search.width for row in rows))
        capacity = max(row.search.limit for row in rows) + 1
        self._past = room(step, shape, most, capacity)
        sizes = step.output_sizes
        self._position = np.zeros(1, np.int64)
        self._total = np.zeros(1, np.int32)
        self._past_length = np.zeros(most, np.int32)
        self._tokens = np.zeros((most, 1), np.int64)
        self._visible: Floats = np.full((most, length), NEVER, np.float32)
        self._banned: Floats = np.zeros((most, 1, shape.target_size), np.float32)
        self._told: list[Floats | None] = [None] * most
        """What each place was told that it may not say."""
        self._scores: Floats = np.empty((most, 1, sizes["best_scores"]), np.float32)
        self._best = np.empty((most, 1, sizes["best_tokens"]), np.int64)
        self._specials: Floats = np.empty((most, 1, sizes["specials"]), np.float32)
        self._look: Floats = np.empty((most, length), np.float32)
        self._looks: list[Floats] = []
        """Of each step so far, what every place looked at [lines, S]."""
        self._free = list(range(most))
        self._bindings: dict[tuple[int, int], Binding] = {}
        for row in self._rows:
            row.places = [self._take(row)]
            self._tokens[row.places, 0] = row.task
            self._forbid(row)
        self._bound = rounded(len(self._rows))

    @property
    def running(self) -> bool:
        return any(row.running for row in self._rows)

    def step(self) -> list[Live]:
        """One token for every line; returns the rows that are finished now."""
        at = int(self._position[0])
        self._past_length[:] = at
        self._total[0] = at + 1
        if self._past.reach(at + 1):
            self._bindings.clear()
        self._binding().run()
        self._past.stepped()
        self._looks.append(self._look[: self._bound].copy())
        scores, best = self._scores[: self._bound, 0].tolist(), self._best[: self._bound, 0].tolist()
        copies: list[tuple[int, int]] = []
        done: list[Live] = []
        for row in self._rows:
            places = tuple(row.places)
            row.history.append(places)
            offered = [scores[place] for place in places], [best[place] for place in places]
            parents = row.search.advance(*offered, partial(self._special, places))
            copies += self._go_on(row, parents)
            if parents:
                for place, line in zip(row.places, row.search.lines, strict=True):
                    self._tokens[place, 0] = line.said[-1]
                self._forbid(row)
            else:
                row.running = False
                row.looked = self._trace(row)
                done.append(row)
        if done:
            self._rows = [row for row in self._rows if row.running]
        self._past.copy(copies, at + 1)
        self._position[0] = at + 1
        self._fit(at + 1)
        return done

    def _special(self, places: Sequence[int], line: int, slot: int) -> float:
        return float(self._specials[places[line], 0, slot])

    def _trace(self, row: Live) -> Floats:
        """What the row's result looked at in each step [steps, S]."""
        line, _ = row.search.result
        steps = zip(self._looks, row.history, line.trail, strict=False)  # the others went on when it had ended
        return np.stack([look[places[k]] for look, places, k in steps])

    def _take(self, row: Live) -> int:
        """The lowest free place, made ready for a line of this row."""
        place = heapq.heappop(self._free)
        self._visible[place] = NEVER
        self._visible[place, row.start : row.end] = 0
        self._told[place] = None
        return place

    def _go_on(self, row: Live, parents: list[int]) -> list[tuple[int, int]]:
        """Give the row's new lines their places; returns whose past is to be copied where, as (from, to).

        A parent's place is kept by its first child, so nothing is copied from a place that is written to."""
        before = row.places
        spare = [place for k, place in enumerate(before) if k not in parents]
        kept: set[int] = set()
        copies: list[tuple[int, int]] = []
        row.places = []
        for parent in parents:
            place = before[parent]
            if parent in kept:
                place = spare.pop() if spare else self._take(row)
                copies.append((before[parent], place))
            kept.add(parent)
            row.places.append(place)
        for place in spare:
            heapq.heappush(self._free, place)
        return copies

    def _forbid(self, row: Live) -> None:
        """Tell the graph what the row's lines may not say; most of them are where they were."""
        for place, ban in zip(row.places, row.bans(), strict=True):
            if self._told[place] is not ban:
                self._told[place] = ban
                self._banned[place, 0] = ban

    def _fit(self, length: int) -> None:
        """As many places as the lines need; fewer, when that is worth moving some."""
        lines = sum(len(row.places) for row in self._rows)
        needed = rounded(lines)
        if needed <= SHRINK * self._bound:
            self._move_down(needed, length)
            self._bound = needed
        self._bound = max(self._bound, rounded(1 + max((max(row.places) for row in self._rows), default=0)))

    def _move_down(self, end: int, length: int) -> None:
        """Move the lines behind `end` to free places before it."""
        moves: list[tuple[int, int]] = []
        for row in self._rows:
            for k, place in enumerate(row.places):
                if place >= end:
                    row.places[k] = self._take(row)
                    heapq.heappush(self._free, place)
                    moves.append((place, row.places[k]))
            self._forbid(row)
        for source, target in moves:
            self._tokens[target] = self._tokens[source]
        self._past.copy(moves, length)

    def _binding(self) -> Binding:
        """The graph bound to the first places; each length is bound once for each turn of the past."""
        key = (self._bound, self._past.turn)
        if key not in self._bindings:
            self._bindings[key] = self._bind(self._bound)
        return self._bindings[key]

    def _bind(self, lines: int) -> Binding:
        made = Binding(self._step)
        given: dict[str, Array] = {
            "tokens": self._tokens[:lines],
            "position": self._position,
            "past_length": self._past_length[:lines],
            "total_length": self._total,
            "visible": self._visible[None, None, :lines],
            "banned": self._banned[:lines],
        }
        for name, array in given.items():
            made.give(name, array)
        for name, value in self._cross.items():
            made.give_value(name, value)
        self._past.bind(made, lines)
        made.take("best_scores", self._scores[:lines])
        made.take("best_tokens", self._best[:lines])
        made.take("specials", self._specials[:lines])
        made.take("look", self._look[None, :lines])
        return made


def rounded(lines: int) -> int:
    return max(STRIDE, -(-lines // STRIDE) * STRIDE)
