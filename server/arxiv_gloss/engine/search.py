"""Which token a row says next: greedy, within the rules of the bundle and of the request."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from arxiv_gloss.engine.bundle import Decoding, Ids
from arxiv_gloss.engine.protocol import RowRequest

Floats = NDArray[np.float32]
NEVER = np.float32(-1e9)


def row_limit(decoding: Decoding, source_length: int) -> int:
    """Tokens that a row over `source_length` source tokens may have, its end token included."""
    grown = decoding.length_constant + decoding.length_factor * source_length
    return min(decoding.length_limit, int(grown))


def bans(ids: Ids, target_size: int, source: Sequence[int], request: RowRequest) -> Floats:
    """[V]: 0 for a token that the row may say, NEVER for slots that its source lacks, tasks and unused ids."""
    ban = np.zeros(target_size, np.float32)
    first_piece = ids.first_piece - ids.base
    ban[:first_piece] = NEVER
    ban[[ids.newline - ids.base, ids.end - ids.base]] = 0
    here = {token - ids.base for token in source if ids.base <= token < ids.base + ids.slots}
    ban[sorted(here - request.forbidden)] = 0
    return ban


def repeated(said: Sequence[int], length: int, first_piece: int) -> list[int]:
    """Tokens that would complete a run of `length` tokens which the row has said before. Only pieces are refused:
    a slot or a line break may follow the same tokens again."""
    if length < 2 or len(said) < length:
        return []
    tail = tuple(said[-(length - 1) :])
    ends = range(length - 1, len(said))
    return [said[k] for k in ends if said[k] >= first_piece and tuple(said[k - length + 1 : k]) == tail]


class Searcher:
    """The state of one row's search. Tokens are counted from 0 at the first slot (`ids.base`)."""

    def __init__(self, ids: Ids, decoding: Decoding, request: RowRequest, limit: int) -> None:
        self.said: list[int] = []
        self.looked: list[int] = []
        self.score = 0.0
        self.limit = limit
        self.ended = False
        self._end = ids.end - ids.base
        self._first_piece = ids.first_piece - ids.base
        self._no_repeat = decoding.no_repeat
        self._required = set(request.required)

    @property
    def full(self) -> bool:
        """The length guard has cut the row off."""
        return len(self.said) >= self.limit

    @property
    def mean_score(self) -> float:
        return self.score / max(1, len(self.said) + self.ended)

    def choose(self, scores: Floats) -> int:
        """The best token that this row may say now; `scores` [V] is changed in place. A row that would end with a
        required slot unsaid says the best of those slots instead."""
        for token in repeated(self.said, self._no_repeat, self._first_piece):
            scores[token] = NEVER
        best = int(scores.argmax())
        if best == self._end and self._required:
            missing = sorted(self._required)
            best = missing[int(scores[missing].argmax())]
        return best

    def say(self, token: int, log_probability: float, look: int) -> bool:
        """Take a token and where the row looked meanwhile; True when the row is finished."""
        self.score += log_probability
        if token == self._end:
            self.ended = True
            return True
        self.said.append(token)
        self.looked.append(look)
        self._required.discard(token)
        return self.full
