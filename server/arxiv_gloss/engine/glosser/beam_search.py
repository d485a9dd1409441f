"""Which tokens a row says: a small beam, within the rules of the bundle and of the request.

Tokens are counted from 0 at the first slot (`Ids.base`). Required slots are met as in dynamic beam allocation (Post and
Vilar 2018, "Fast Lexically Constrained Decoding"): every line may always say a slot that it still owes, and beside the
beam there is room for lines that owe none, one, two … A slot is a single token, so that is all it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from arxiv_gloss.engine.bundle import Decoding, Ids
from arxiv_gloss.engine.glosser.spelling import NEVER, Floats
from arxiv_gloss.engine.protocol import RowRequest

Offers = Sequence[Sequence[Any]]
"""A row of numbers for each line."""
Special = Callable[[int, int], float]
"""(line, slot) → log probability"""
MOST_LINES = 8
"""Lines of a row that owes slots, at most."""


def row_limit(decoding: Decoding, source_length: int) -> int:
    """Tokens that a row over `source_length` source tokens may have."""
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


def repeats(said: tuple[int, ...], length: int) -> set[int]:
    """Tokens that would complete a run of `length` tokens which the line has said before."""
    if length < 2 or len(said) < length or said.count(said[-1]) == 1:
        return set()
    tail = said[len(said) - length + 1 :]
    return {said[k] for k in range(length - 1, len(said)) if said[k - length + 1 : k] == tail}


class Line(NamedTuple):
    """One hypothesis: what it has said, its log probability, the slots that it owes. A tuple, like `Candidate`, because
    it is made anew for every token."""

    said: tuple[int, ...]
    trail: tuple[int, ...]
    """Its place in the beam before each step that it took."""
    score: float
    owed: frozenset[int]

    @property
    def mean_score(self) -> float:
        """Per token, the end token included."""
        return self.score / (len(self.said) + 1)


class Candidate(NamedTuple):
    """A line's next token; `parent` is the line's place in the beam."""

    score: float
    parent: int
    token: int
    owed: frozenset[int]


class Search:
    """The beam of one row. `lines` are running; `best` is the finished line with the best mean score so far."""

    def __init__(
        self,
        ids: Ids,
        decoding: Decoding,
        request: RowRequest,
        limit: int,
        letters: frozenset[int] = frozenset(),
    ) -> None:
        """`letters`: the pieces of one letter or byte, which may follow themselves."""
        self.limit = limit
        self.lines = [Line((), (), 0.0, request.required)]
        self.best: Line | None = None
        self._beam = decoding.beam
        self.width = min(MOST_LINES, decoding.beam + len(request.required))
        self._end = ids.end - ids.base
        self._first_piece = ids.first_piece - ids.base
        self._no_repeat = decoding.no_repeat
        self._no_double = decoding.no_double
        self._prune = decoding.prune
        self._letters = letters

    @property
    def result(self) -> tuple[Line, bool]:
        """The row and whether it came to a proper end, or was cut off by the length guard."""
        return (self.best, True) if self.best else (self.lines[0], False)

    def advance(self, scores: Offers, tokens: Offers, special: Special) -> list[int]:
        """Take one step. For each line its best scores and tokens, falling; `special` gives a line's score of a slot.

        Returns the parents of the new lines, best line first; an empty list when the row is finished.
        """
        owing = any(line.owed for line in self.lines)
        running: list[Candidate] = []
        for candidate in self._candidates(scores, tokens, special):
            if candidate.token != self._end:
                running.append(candidate)
            elif not candidate.owed:
                self._finish(candidate)
            if len(running) >= self.width and not owing:
                break
        chosen = self._worth_following(self._share_out(running))
        if not chosen or self._is_decided(chosen):
            return []
        self.lines = [self._extend(one) for one in chosen]
        return [] if len(self.lines[0].said) >= self.limit else [one.parent for one in chosen]

    def _candidates(self, scores: Offers, tokens: Offers, special: Special) -> Iterator[Candidate]:
        """All that the lines may say next, best first. A piece may not complete a repeated run; a slot may."""
        refused = [repeats(line.said, self._no_repeat) for line in self.lines]
        doubled = [self._double(line) for line in self.lines]
        offers: set[tuple[float, int, int]] = set()
        for parent, line in enumerate(self.lines):
            # Of a line that owes nothing no more can count: the beam, the end, and what is refused for each reason.
            most = None if line.owed else self.width + 2 + len(refused[parent])
            for score, token in zip(scores[parent][:most], tokens[parent][:most], strict=True):
                offers.add((-line.score - score, parent, token))
            for slot in line.owed:
                offers.add((-line.score - special(parent, slot), parent, slot))
        for cost, parent, token in sorted(offers):
            if token == doubled[parent] or (token >= self._first_piece and token in refused[parent]):
                continue
            if cost < -NEVER / 2:
                yield Candidate(-cost, parent, token, self.lines[parent].owed - {token})

    def _double(self, line: Line) -> int | None:
        """The token that may not come next because it came last: small models stutter, texts hardly ever do."""
        if not self._no_double or not line.said or line.said[-1] in self._letters:
            return None
        return line.said[-1]

    def _share_out(self, running: list[Candidate]) -> list[Candidate]:
        """The `beam` best candidates, and beside them, as far as `width` goes, the best of each smaller number of owed
        slots: what would be chosen freely is never lost for the sake of a slot."""
        chosen = running[: self._beam]
        first: dict[int, Candidate] = {}
        for one in running:
            first.setdefault(len(one.owed), one)
        for _, one in sorted(first.items()):
            if len(chosen) < self.width and one not in chosen:
                chosen.append(one)
        return chosen

    def _worth_following(self, chosen: list[Candidate]) -> list[Candidate]:
        """Without the lines that have fallen far behind, unless they owe less than all that are ahead of them.

        Relative threshold pruning (Freitag and Al-Onaizan 2017, "Beam Search Strategies for Neural Machine
        Translation")."""
        kept: list[Candidate] = []
        for one in sorted(chosen, key=lambda one: -one.score):
            owes_less = all(len(one.owed) < len(other.owed) for other in kept)
            if owes_less or one.score > kept[0].score - self._prune:
                kept.append(one)
        return kept

    def _finish(self, candidate: Candidate) -> None:
        parent = self.lines[candidate.parent]
        line = Line(parent.said, (*parent.trail, candidate.parent), candidate.score, candidate.owed)
        if self.best is None or line.mean_score > self.best.mean_score:
            self.best = line

    def _is_decided(self, chosen: list[Candidate]) -> bool:
        """No running line can be expected to beat the finished one: it would have to rise above its own mean."""
        if self.best is None:
            return False
        length = len(self.lines[0].said) + 2
        return max(one.score for one in chosen) / length < self.best.mean_score

    def _extend(self, candidate: Candidate) -> Line:
        parent = self.lines[candidate.parent]
        said, trail = (*parent.said, candidate.token), (*parent.trail, candidate.parent)
        return Line(said, trail, candidate.score, candidate.owed)
