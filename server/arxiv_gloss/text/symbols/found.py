"""What the finders of this room find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SymbolKind = Literal["formula", "url", "code", "number", "name"]


@dataclass(frozen=True, slots=True)
class Symbol:
    """`text[start:end]` belongs together. `shown` is what a model reads in its place, where that is something else,
    `rendering` how Chinese writes it, where that is known."""

    start: int
    end: int
    kind: SymbolKind
    shown: str = ""
    rendering: str = ""
