"""Rules of a beam search that look at one hypothesis' tokens alone. Both searches apply the same ones.

Each processor says which tokens may not come next. As a hypothesis is a tuple of a few dozen tokens, and the graphs
hand out their best tokens only, a set of refused tokens is cheaper than a mask over the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MASKED = np.float32(-1e9)
"""Added to the logit of a token that may not come next."""


class LogitsProcessor(Protocol):
    def refused(self, tokens: Sequence[int]) -> Iterable[int]:
        """Tokens that may not follow `tokens`."""
        ...


@dataclass(frozen=True, slots=True)
class NoRepeatNgram:
    """No n-gram of `size` tokens occurs twice (Paulus, Xiong and Socher 2018, "A Deep Reinforced Model for Abstractive
    Summarization", section 2.5). Tokens below `first` may complete one all the same: a slot may be repeated.

    `size` below 2: any n-gram may occur again."""

    size: int
    first: int = 0

    def refused(self, tokens: Sequence[int]) -> set[int]:
        size = self.size
        if size < 2 or len(tokens) < size or tokens.count(tokens[-1]) == 1:
            return set()
        tail = tokens[len(tokens) - size + 1 :]
        ends = (k for k in range(size - 1, len(tokens)) if tokens[k - size + 1 : k] == tail)
        return {tokens[k] for k in ends if tokens[k] >= self.first}


@dataclass(frozen=True, slots=True)
class NoImmediateRepeat:
    """No token follows itself, besides those in `allowed`: small models stutter, texts hardly ever do."""

    allowed: frozenset[int]

    def refused(self, tokens: Sequence[int]) -> tuple[int, ...]:
        return (tokens[-1],) if tokens and tokens[-1] not in self.allowed else ()


@dataclass(frozen=True, slots=True)
class MinLength:
    """The `end` token does not come before `length` tokens, as in transformers' `MinLengthLogitsProcessor`."""

    length: int
    end: int

    def refused(self, tokens: Sequence[int]) -> tuple[int, ...]:
        return (self.end,) if len(tokens) < self.length else ()


@dataclass(frozen=True, slots=True)
class SuppressTokens:
    """Some tokens never come, as in transformers' `SuppressTokensLogitsProcessor`."""

    suppressed: tuple[int, ...]

    def refused(self, tokens: Sequence[int]) -> tuple[int, ...]:
        return self.suppressed


def refused_by(processors: Iterable[LogitsProcessor], tokens: Sequence[int]) -> set[int]:
    """All tokens that some processor refuses after `tokens`."""
    return {token for processor in processors for token in processor.refused(tokens)}
