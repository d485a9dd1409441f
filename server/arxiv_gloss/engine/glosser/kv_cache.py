"""The decoder's past keys and values, of every line of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.session import Array, Binding, Graph, Value

Copies = Sequence[tuple[int, int]]
"""Whose past goes where, as (from, to): places in the batch. Nothing is copied from a place that is written to."""


class Past(Protocol):
    """Room for the past of so many lines."""

    @property
    def turn(self) -> int:
        """Which of several sets of buffers the next step reads; what is bound for one does not do for another."""

    def reach(self, length: int) -> bool:
        """Make room for `length` tokens. True if the buffers are new: what is bound must be bound anew."""

    def bind(self, binding: Binding, lines: int) -> None:
        """Give a step the past, and room for the present, of its first `lines` lines."""

    def stepped(self) -> None:
        """A step was taken: its present is now the past."""

    def copy(self, copies: Copies, length: int) -> None:
        """Give places the past, of `length` tokens, of other places."""


def room(step: Graph, shape: Shape, lines: int, length: int) -> Past:
    """Room for the past of `lines` lines of `length` tokens, where the step runs."""
    names = [f"{kind}_{layer}" for layer in range(shape.decoder_layers) for kind in ("key", "value")]
    size = (lines, shape.heads, length, shape.head_size)
    return MovedPast(step, names, size) if "origin" in step.inputs else HeldPast(names, size)


FIRST_ROOM, GROWTH = 32, 1.5
"""Tokens that there is room for at first, and how much more when they are used up. A head's past lies together, so the
shorter the room the closer the heads: less of the processor's time goes into finding them."""


class HeldPast:
    """One buffer for all, which a step reads and writes; here lines are moved about in it."""

    turn = 0

    def __init__(self, names: Sequence[str], size: tuple[int, int, int, int]) -> None:
        """`size`: lines, heads, most tokens, head size."""
        lines, heads, self._most, head_size = size
        self._names = names
        self._buffer: Array = np.zeros((len(names), lines, heads, min(FIRST_ROOM, self._most), head_size), np.float32)

    def reach(self, length: int) -> bool:
        held = self._buffer.shape[3]
        if length <= held:
            return False
        shape = list(self._buffer.shape)
        shape[3] = min(self._most, max(length, int(GROWTH * held)))
        grown = np.zeros(shape, np.float32)
        grown[:, :, :, :held] = self._buffer
        self._buffer = grown
        return True

    def bind(self, binding: Binding, lines: int) -> None:
        for name, buffer in zip(self._names, self._buffer, strict=True):
            binding.give(f"past_{name}", buffer[:lines])
            binding.take(f"present_{name}", buffer[:lines])

    def stepped(self) -> None:
        pass

    def copy(self, copies: Copies, length: int) -> None:
        for source, target in copies:  # a third faster than one indexed assignment, which makes a copy of all first
            self._buffer[:, target, :, :length] = self._buffer[:, source, :, :length]


class MovedPast:
    """Two buffers each, on the step's device. A step takes each line's past from the place that `origin` names in the
    one, and leaves its present in the other; so nothing that is copied leaves the device."""

    def __init__(self, step: Graph, names: Sequence[str], size: tuple[int, ...]) -> None:
        self.turn = 0
        self._buffers: tuple[dict[str, Value], ...] = tuple(
            {name: step.empty(size, np.float16) for name in names} for _ in range(2)
        )
        self._origin = np.arange(size[0])

    def reach(self, length: int) -> bool:
        return False

    def bind(self, binding: Binding, lines: int) -> None:
        binding.give("origin", self._origin[:lines])
        for name, buffer in self._buffers[self.turn].items():
            binding.give_value(f"past_{name}", buffer)
        for name, buffer in self._buffers[1 - self.turn].items():
            binding.take_value(f"present_{name}", buffer, lines)

    def stepped(self) -> None:
        self.turn = 1 - self.turn
        self._origin[:] = np.arange(len(self._origin))

    def copy(self, copies: Copies, length: int) -> None:
        for source, target in copies:
            self._origin[target] = self._origin[source]
