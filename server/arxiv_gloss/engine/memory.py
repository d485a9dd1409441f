"""Memory that is free but kept: glibc holds on to what big arrays leave between small ones."""

from __future__ import annotations

import ctypes
from collections.abc import Callable


def _trimmer() -> Callable[[int], int] | None:
    """glibc's malloc_trim; other systems' allocators give back by themselves, or cannot."""
    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found


_malloc_trim = _trimmer()


def trim() -> None:
    """Give free memory back to the system, after each decoding: it costs 0.2 ms, and over a hundred papers the server
    stays at some 260 MB instead of growing to 440."""
    if _malloc_trim is not None:
        _malloc_trim(0)
