"""The tensors of a bundle, each stored once however many graphs use it, and however they turn it."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]
LEVELS = 127
MANY_ROWS = 8_000
"""A table of this many rows or more is stored as int8; smaller ones, positions above all, are worth their bits."""


class TensorStore:
    """Collects tensors by content. In int8, matrices and large tables have one scale per output or row."""

    def __init__(self, precision: str) -> None:
        self.precision = precision
        self.tensors: dict[str, NDArray[np.generic]] = {}
        self._floats: dict[bytes, str] = {}
        self._integers: dict[bytes, str] = {}
        """Tables: int8 rows with a scale each. A matrix [in, out] is a table turned."""

    def floats(self, array: _Floats) -> str:
        """Name of a tensor that is not quantised; `.T` where its transpose was there already. Large ones lose half of
        their bits in an int8 bundle."""
        if array.ndim == 2 and _digest(array.T) in self._floats:
            return f"{self._floats[_digest(array.T)]}.T"
        half = self.precision == "int8" and array.size >= MANY_ROWS
        return self._keep(self._floats, array, array.astype(np.float16) if half else array)

    def matrix(self, array: _Floats) -> tuple[str, str]:
        """[in, out] -> names of its int8 values and of its scales [out]."""
        name, scale = self.table(array.T)
        return f"{name}.T", scale

    def table(self, array: _Floats) -> tuple[str, str]:
        """[rows, width] -> names of its int8 values and of its scales [rows]."""
        if _digest(array) not in self._integers:
            scale = np.maximum(np.abs(array).max(1), 1e-12).astype(np.float32) / LEVELS
            name = self._keep(self._integers, array, np.rint(array / scale[:, None]).astype(np.int8))
            self.tensors[f"{name}.scale"] = scale
        name = self._integers[_digest(array)]
        return name, f"{name}.scale"

    def _keep(self, known: dict[bytes, str], array: _Floats, stored: NDArray[np.generic]) -> str:
        digest = _digest(array)
        if digest not in known:
            known[digest] = f"w{len(self._floats) + len(self._integers)}"
            self.tensors[known[digest]] = np.ascontiguousarray(stored)
        return known[digest]


def _digest(array: _Floats) -> bytes:
    return hashlib.sha256(repr(array.shape).encode() + np.ascontiguousarray(array).tobytes()).digest()
