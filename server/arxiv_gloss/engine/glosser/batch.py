"""The rows of one window on their way through the step graph, and the arrays that their hypotheses share."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.glosser.beam_search import BeamSearch
from arxiv_gloss.engine.glosser.kv_cache import allocate
from arxiv_gloss.engine.glosser.layout import Slice
from arxiv_gloss.engine.glosser.spelling import Spelling
from arxiv_gloss.engine.logits_processors import MASKED, Floats
from arxiv_gloss.engine.protocol import RowRequest
from arxiv_gloss.engine.session import Array, Binding, Graph, Value

_SHRINK = 0.85
"""The batch is made shorter when its hypotheses would fit into this share of it."""
MULTIPLE = 4
"""Its length is a multiple of this, so that it is not bound again for each hypothesis that comes or goes. At least two:
a batch of one would take the matrix-times-vector kernels, which add in another order, and a row would depend on whether
it is alone."""


@dataclass(eq=False, slots=True)
class RowState:
    """One row while it is decoded. `task`: its first token, counted from `Ids.base`."""

    request: RowRequest
    search: BeamSearch
    view: Slice
    """What it may see of the window."""
    task: int
    mask: Floats
    """[V]: what it may never hold."""
    spelling: Spelling | None
    batch_indices: list[int] = field(default_factory=list)
    """Where its hypotheses stand in the batch."""
    history: list[tuple[int, ...]] = field(default_factory=list)
    """Where they stood in each step so far."""
    cross_attention: Floats | None = None
    """Of its result, once it is finished [steps, S]: the last layer's cross-attention, a mean over the heads."""
    running: bool = True

    def masks(self) -> list[Floats]:
        """For each hypothesis, what may not come next [V]."""
        return [self.spelling.mask(one.tokens) if self.spelling else self.mask for one in self.search.beams]


class Batch:
    """Runs all rows of a window at once, one token a step; rows that have finished leave it.

    A hypothesis keeps its batch index as long as it goes on; a second child of the same parent takes a free index and a
    copy of the parent's keys and values. When enough indices are free, the last hypotheses move down into them and the
    batch becomes shorter.
    """

    def __init__(
        self, step: Graph, shape: Shape, cross: Mapping[str, Value], length: int, rows: Sequence[RowState]
    ) -> None:
        """`cross`: each layer's cross-attention keys and values [1, heads, S, head size], of a window of `length` = S
        tokens. B below is the most hypotheses that may run at once, K the candidates that the graph hands out, V the
        target vocabulary."""
        self._step, self._cross = step, cross
        self._rows = list(rows)
        most = rounded(sum(row.search.max_beams for row in rows))
        self._cache = allocate(step, shape, most, max(row.search.limit for row in rows) + 1)
        sizes = step.output_sizes
        self._position = np.zeros(1, np.int64)
        self._total_length = np.zeros(1, np.int32)
        self._past_length = np.zeros(most, np.int32)  # [B]
        self._tokens = np.zeros((most, 1), np.int64)  # [B, 1]: the last token of each hypothesis
        self._visible: Floats = np.full((most, length), MASKED, np.float32)  # [B, S]: 0 for what may be attended to
        self._masks: Floats = np.zeros((most, 1, shape.target_size), np.float32)  # [B, 1, V]
        self._last_masks: list[Floats | None] = [None] * most
        """Mask last written to each batch index, to skip unchanged ones."""
        self._scores: Floats = np.empty((most, 1, sizes["best_scores"]), np.float32)  # [B, 1, K]
        self._candidates = np.empty((most, 1, sizes["best_tokens"]), np.int64)  # [B, 1, K]
        self._slot_scores: Floats = np.empty((most, 1, sizes["specials"]), np.float32)  # [B, 1, slots and tasks]
        self._attention: Floats = np.empty((most, length), np.float32)  # [B, S]
        self._attentions: list[Floats] = []
        """Cross-attention of each step so far [hypotheses, S]."""
        self._free = list(range(most))
        self._bindings: dict[tuple[int, int], Binding] = {}
        for row in self._rows:
            row.batch_indices = [self._claim(row)]
            self._tokens[row.batch_indices, 0] = row.task
            self._write_masks(row)
        self._length = rounded(len(self._rows))
        """Batch indices that take part in a step."""

    @property
    def running(self) -> bool:
        return any(row.running for row in self._rows)

    def step(self) -> list[RowState]:
        """One token for every hypothesis; returns the rows that are finished now."""
        at = int(self._position[0])
        self._run(at)
        scores = self._scores[: self._length, 0].tolist()
        candidates = self._candidates[: self._length, 0].tolist()
        moves: list[tuple[int, int]] = []
        done: list[RowState] = []
        for row in self._rows:
            indices = tuple(row.batch_indices)
            row.history.append(indices)
            parents = row.search.advance(
                [scores[k] for k in indices], [candidates[k] for k in indices], partial(self._slot_score, indices)
            )
            moves += self._place_children(row, parents)
            if parents:
                for index, one in zip(row.batch_indices, row.search.beams, strict=True):
                    self._tokens[index, 0] = one.tokens[-1]
                self._write_masks(row)
            else:
                row.running = False
                row.cross_attention = self._trace(row)
                done.append(row)
        if done:
            self._rows = [row for row in self._rows if row.running]
        self._cache.copy(moves, at + 1)
        self._position[0] = at + 1
        self._shrink(at + 1)
        return done

    def _run(self, at: int) -> None:
        """Run the graph for the tokens at position `at`."""
        self._past_length[:] = at
        self._total_length[0] = at + 1
        if self._cache.reserve(at + 1):
            self._bindings.clear()
        self._binding().run()
        self._cache.advance()
        self._attentions.append(self._attention[: self._length].copy())

    def _slot_score(self, indices: Sequence[int], beam: int, slot: int) -> float:
        return float(self._slot_scores[indices[beam], 0, slot])

    def _trace(self, row: RowState) -> Floats:
        """Cross-attention of the row's result in each of its steps [steps, S]."""
        found, _ = row.search.result
        steps = zip(self._attentions, row.history, found.beam_indices, strict=False)  # others went on after its end
        return np.stack([attention[indices[beam]] for attention, indices, beam in steps])

    def _claim(self, row: RowState) -> int:
        """The lowest free batch index, made ready for a hypothesis of this row."""
        index = heapq.heappop(self._free)
        self._visible[index] = MASKED
        self._visible[index, row.view.start : row.view.end] = 0
        self._last_masks[index] = None
        return index

    def _place_children(self, row: RowState, parents: list[int]) -> list[tuple[int, int]]:
        """Give the row's new hypotheses their batch indices; returns whose keys and values are to be copied where.

        A parent's index is kept by its first child, so nothing is copied from an index that is written to."""
        before = row.batch_indices
        spare = [index for k, index in enumerate(before) if k not in parents]
        kept: set[int] = set()
        moves: list[tuple[int, int]] = []
        row.batch_indices = []
        for parent in parents:
            index = before[parent]
            if parent in kept:
                index = spare.pop() if spare else self._claim(row)
                moves.append((before[parent], index))
            kept.add(parent)
            row.batch_indices.append(index)
        for index in spare:
            heapq.heappush(self._free, index)
        return moves

    def _write_masks(self, row: RowState) -> None:
        """Write the masks of the row's hypotheses; most of them are written already."""
        for index, mask in zip(row.batch_indices, row.masks(), strict=True):
            if self._last_masks[index] is not mask:
                self._last_masks[index] = mask
                self._masks[index, 0] = mask

    def _shrink(self, length: int) -> None:
        """Let as many batch indices take part as are needed; fewer, when that is worth moving some."""
        needed = rounded(sum(len(row.batch_indices) for row in self._rows))
        if needed <= _SHRINK * self._length:
            self._move_down(needed, length)
            self._length = needed
        self._length = max(self._length, rounded(1 + max((max(row.batch_indices) for row in self._rows), default=0)))

    def _move_down(self, end: int, length: int) -> None:
        """Move the hypotheses at `end` and above to free batch indices below it."""
        moves: list[tuple[int, int]] = []
        for row in self._rows:
            for k, index in enumerate(row.batch_indices):
                if index >= end:
                    row.batch_indices[k] = self._claim(row)
                    heapq.heappush(self._free, index)
                    moves.append((index, row.batch_indices[k]))
            self._write_masks(row)
        for source, target in moves:
            self._tokens[target] = self._tokens[source]
        self._cache.copy(moves, length)

    def _binding(self) -> Binding:
        """The graph bound to the first batch indices; made once for each length and set of cache buffers."""
        key = (self._length, self._cache.active)
        if key not in self._bindings:
            self._bindings[key] = self._bind(self._length)
        return self._bindings[key]

    def _bind(self, count: int) -> Binding:
        made = Binding(self._step)
        given: dict[str, Array] = {
            "tokens": self._tokens[:count],
            "position": self._position,
            "past_length": self._past_length[:count],
            "total_length": self._total_length,
            "visible": self._visible[None, None, :count],
            "banned": self._masks[:count],
        }
        for name, array in given.items():
            made.bind_input(name, array)
        for name, value in self._cross.items():
            made.bind_input_value(name, value)
        self._cache.bind(made, count)
        made.bind_output("best_scores", self._scores[:count])
        made.bind_output("best_tokens", self._candidates[:count])
        made.bind_output("specials", self._slot_scores[:count])
        made.bind_output("look", self._attention[None, :count])
        return made


def rounded(count: int) -> int:
    """The length of a batch for `count` hypotheses."""
    return max(MULTIPLE, -(-count // MULTIPLE) * MULTIPLE)
