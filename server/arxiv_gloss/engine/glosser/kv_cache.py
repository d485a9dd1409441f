"""The decoder's self-attention keys and values, for every hypothesis of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from arxiv_gloss.engine.bundle import Shape
from arxiv_gloss.engine.session import Array, Binding, Graph, Value

Moves = Sequence[tuple[int, int]]
"""(from, to) batch indices. Nothing is copied from an index that is written to."""


class KVCache(Protocol):
    """Keys and values of earlier tokens [batch, heads, tokens, head size], a pair for each decoder layer."""

    @property
    def active(self) -> int:
        """Which of several sets of buffers the next step reads; a binding made for one does not fit another."""

    def reserve(self, length: int) -> bool:
        """Hold at least `length` tokens. True if the buffers are new: bindings must be made again."""

    def bind(self, binding: Binding, count: int) -> None:
        """Bind the first `count` batch indices: the cache as input, room for the next token as output."""

    def advance(self) -> None:
        """Keys and values written by the last step become part of the cache."""

    def copy(self, moves: Moves, length: int) -> None:
        """Copy the keys and values of `length` tokens between batch indices."""


def allocate(step: Graph, shape: Shape, count: int, length: int) -> KVCache:
    """A cache for `count` hypotheses of at most `length` tokens, where the step graph runs."""
    names = [f"{kind}_{layer}" for layer in range(shape.decoder_layers) for kind in ("key", "value")]
    size = (count, shape.heads, length, shape.head_size)
    return DeviceKVCache(step, names, size) if "origin" in step.inputs else HostKVCache(names, size)


FIRST_LENGTH, GROWTH = 32, 1.5
"""Tokens that are allocated at first, and the factor by which this grows. A head's keys lie together, so the shorter
the buffer the closer the heads: less of the processor's time goes into finding them."""


class HostKVCache:
    """One buffer [2 · layers, batch, heads, tokens, head size] float32 that a step reads and writes in place;
    hypotheses are moved about in it here."""

    active = 0

    def __init__(self, names: Sequence[str], size: tuple[int, int, int, int]) -> None:
        """`size`: batch, heads, most tokens, head size."""
        count, heads, self._limit, head_size = size
        self._names = names
        length = min(FIRST_LENGTH, self._limit)
        self._buffer: Array = np.zeros((len(names), count, heads, length, head_size), np.float32)

    def reserve(self, length: int) -> bool:
        held = self._buffer.shape[3]
        if length <= held:
            return False
        shape = list(self._buffer.shape)
        shape[3] = min(self._limit, max(length, int(GROWTH * held)))
        grown = np.zeros(shape, np.float32)
        grown[:, :, :, :held] = self._buffer
        self._buffer = grown
        return True

    def bind(self, binding: Binding, count: int) -> None:
        for name, buffer in zip(self._names, self._buffer, strict=True):
            binding.bind_input(f"past_{name}", buffer[:count])
            binding.bind_output(f"present_{name}", buffer[:count])

    def advance(self) -> None:
        pass

    def copy(self, moves: Moves, length: int) -> None:
        for source, target in moves:  # a third faster than one indexed assignment, which makes a copy of all first
            self._buffer[:, target, :, :length] = self._buffer[:, source, :, :length]


class DeviceKVCache:
    """Two buffers [batch, heads, tokens, head size] float16 for each key and value, on the step's device. A step reads
    the one at the batch indices of `beam_idx`, as in transformers' cache reorder, and writes the other; so nothing that
    is copied leaves the device."""

    def __init__(self, step: Graph, names: Sequence[str], size: tuple[int, ...]) -> None:
        self.active = 0
        self._buffers: tuple[dict[str, Value], ...] = tuple(
            {name: step.empty(size, np.float16) for name in names} for _ in range(2)
        )
        self._beam_idx = np.arange(size[0])

    def reserve(self, length: int) -> bool:
        return False

    def bind(self, binding: Binding, count: int) -> None:
        binding.bind_input("origin", self._beam_idx[:count])
        for name, buffer in self._buffers[self.active].items():
            binding.bind_input_value(f"past_{name}", buffer)
        for name, buffer in self._buffers[1 - self.active].items():
            binding.bind_output_value(f"present_{name}", buffer, count)

    def advance(self) -> None:
        self.active = 1 - self.active
        self._beam_idx[:] = np.arange(len(self._beam_idx))

    def copy(self, moves: Moves, length: int) -> None:
        for source, target in moves:
            self._beam_idx[target] = self._beam_idx[source]
