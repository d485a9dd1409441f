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


class HeldPast:
    """One buffer each, which a step reads and writes; here lines are moved about in it."""

    turn = 0

    def __init__(self, names: Sequence[str], size: tuple[int, ...]) -> None:
        self._buffers: dict[str, Array] = {name: np.zeros(size, np.float32) for name in names}

    def bind(self, binding: Binding, lines: int) -> None:
        for name, buffer in self._buffers.items():
            binding.give(f"past_{name}", buffer[:lines])
            binding.take(f"present_{name}", buffer[:lines])

    def stepped(self) -> None:
        pass

    def copy(self, copies: Copies, length: int) -> None:
        for source, target in copies:  # a third faster than one indexed assignment, which makes a copy of all first
            for buffer in self._buffers.values():
                buffer[target, :, :length] = buffer[source, :, :length]


class MovedPast:
    """Two buffers each, on the step's device. A step takes each line's past from the place that `origin` names in the
    one, and leaves its present in the other; so nothing that is copied leaves the device."""

    def __init__(self, step: Graph, names: Sequence[str], size: tuple[int, ...]) -> None:
        self.turn = 0
        self._buffers: tuple[dict[str, Value], ...] = tuple(
            {name: step.empty(size, np.float16) for name in names} for _ in range(2)
        )
        self._origin = np.arange(size[0])

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
