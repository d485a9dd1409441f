"""Constrained beam search over the tokens of one row.

Tokens are counted from 0 at the first slot (`Ids.base`). Required slots are met as in dynamic beam allocation (Post and
Vilar 2018, "Fast Lexically Constrained Decoding"): every hypothesis may always take a slot that it still lacks, and
beside the beam there is room for hypotheses that lack none, one, two … A slot is a single token, so that is all it
takes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from arxiv_gloss.engine.bundle import Decoding, Ids
from arxiv_gloss.engine.logits_processors import (
    MASKED,
    LogitsProcessor,
    NoImmediateRepeat,
    NoRepeatNgram,
    refused_by,
)
from arxiv_gloss.engine.protocol import RowRequest

Candidates = Sequence[Sequence[Any]]
"""For each hypothesis the scores, or the tokens, of its best continuations [hypotheses, K], best first."""
SlotScore = Callable[[int, int], float]
"""(beam index, slot) → log probability of the slot as the next token"""
MAX_BEAMS = 8
"""Hypotheses of a row with required slots, at most."""
COST_OF_OMISSION = 0.4
"""Log probability per token that a row may lose by saying all its required slots. What loses more than that says them
in words that nobody wants to read: it is better to leave one out, which the ledger tells."""


def max_length(decoding: Decoding, source_length: int) -> int:
    """Tokens that a row over `source_length` source tokens may have."""
    grown = decoding.length_constant + decoding.length_factor * source_length
    return min(decoding.length_limit, int(grown))


class Hypothesis(NamedTuple):
    """A partial or finished row. A tuple, like `Candidate`, because one is made for every token."""

    tokens: tuple[int, ...]
    beam_indices: tuple[int, ...]
    """Its index in the beam before each of its steps."""
    score: float
    """Sum of the tokens' log probabilities."""
    unmet: frozenset[int]
    """Required slots that it does not hold yet."""
    token_scores: tuple[float, ...] = ()
    """Log probability of each token, and of the end token once it is finished."""

    @property
    def mean_score(self) -> float:
        """Log probability per token, the end token included."""
        return self.score / (len(self.tokens) + 1)


@dataclass(frozen=True, slots=True)
class SentenceLimit:
    """How many sentences a row may have. Without a limit, a hypothesis that still lacks a required slot when its
    sentence is said begins the sentence again."""

    stops: frozenset[int] = frozenset()
    """Tokens that end a sentence."""
    most: int = 1

    def is_reached(self, tokens: Sequence[int]) -> bool:
        return tokens[-1:] != () and tokens[-1] in self.stops and sum(one in self.stops for one in tokens) >= self.most


class Candidate(NamedTuple):
    """A continuation of the hypothesis at the beam index `parent` by one token."""

    score: float
    parent: int
    token: int
    unmet: frozenset[int]


class BeamSearch:
    """The beam of one row. `beams` are running; `best` is the finished hypothesis with the best mean score so far."""

    def __init__(
        self,
        ids: Ids,
        decoding: Decoding,
        request: RowRequest,
        limit: int,
        letters: frozenset[int] = frozenset(),
        sentences: SentenceLimit | None = None,
    ) -> None:
        """`limit`: tokens at most. `letters`: tokens of one letter or byte, which may follow themselves."""
        self.limit = limit
        self.beams = [Hypothesis((), (), 0.0, request.required_slots)]
        self.best: Hypothesis | None = None
        self._incomplete: Hypothesis | None = None
        """Of the finished ones that lack a required slot the best of those that lack fewest."""
        self._sentences = sentences or SentenceLimit()
        self._beam = decoding.beam
        self.max_beams = min(MAX_BEAMS, decoding.beam + len(request.required_slots))
        self._end = ids.end - ids.base
        self._processors: list[LogitsProcessor] = [
            NoRepeatNgram(decoding.no_repeat_ngram_size, first=ids.first_piece - ids.base)
        ]
        if decoding.no_immediate_repeat:
            self._processors.append(NoImmediateRepeat(letters))
        self._prune_threshold = decoding.prune

    @property
    def result(self) -> tuple[Hypothesis, bool]:
        """The row, and whether it came to a proper end instead of its length limit."""
        short = self._incomplete
        if short and (self.best is None or self.best.mean_score < short.mean_score - COST_OF_OMISSION):
            return short, True
        return (self.best, True) if self.best else (self.beams[0], False)

    def advance(self, scores: Candidates, tokens: Candidates, slot_score: SlotScore) -> list[int]:
        """Take one step. `scores` and `tokens` [beams, K]: each hypothesis' best continuations, falling.

        Returns the parents of the new hypotheses, the best one's first; an empty list when the row is finished.
        """
        constrained = any(one.unmet for one in self.beams)
        running: list[Candidate] = []
        for candidate in self._candidates(scores, tokens, slot_score):
            if candidate.token == self._end:
                self._finish(candidate)
            elif candidate.unmet and self._ends_the_last_sentence(candidate):
                self._stop_short(self._extend(candidate))
            else:
                running.append(candidate)
            if len(running) >= self.max_beams and not constrained:
                break
        chosen = self._prune(self._allocate(running))
        if not chosen or self._is_done(chosen):
            return []
        self.beams = [self._extend(one) for one in chosen]
        return [] if len(self.beams[0].tokens) >= self.limit else [one.parent for one in chosen]

    def _candidates(self, scores: Candidates, tokens: Candidates, slot_score: SlotScore) -> Iterator[Candidate]:
        """All continuations that no processor refuses, best first."""
        refused = [refused_by(self._processors, one.tokens) for one in self.beams]
        found: set[tuple[float, int, int]] = set()
        for parent, one in enumerate(self.beams):
            over = self._sentences.is_reached(one.tokens)  # then it lacks no slot: it would have been stopped short
            # Of a hypothesis that lacks nothing no more can count: the beam, the end token, and what is refused.
            count = None if one.unmet else self.max_beams + 1 + len(refused[parent])
            for score, token in zip(scores[parent][:count], tokens[parent][:count], strict=True):
                if token == self._end or not over:
                    found.add((-one.score - score, parent, token))
            for slot in one.unmet:
                found.add((-one.score - slot_score(parent, slot), parent, slot))
        for cost, parent, token in sorted(found):
            if token not in refused[parent] and cost < -MASKED / 2:
                yield Candidate(-cost, parent, token, self.beams[parent].unmet - {token})

    def _allocate(self, running: list[Candidate]) -> list[Candidate]:
        """The `beam` best candidates, and beside them, as far as `max_beams` goes, the best of each smaller number of
        unmet slots: what would be chosen freely is never lost for the sake of a slot."""
        chosen = running[: self._beam]
        first: dict[int, Candidate] = {}
        for one in running:
            first.setdefault(len(one.unmet), one)
        for _, one in sorted(first.items()):
            if len(chosen) < self.max_beams and one not in chosen:
                chosen.append(one)
        return chosen

    def _prune(self, chosen: list[Candidate]) -> list[Candidate]:
        """Without the candidates that have fallen far behind, unless they lack fewer slots than all ahead of them.

        Relative threshold pruning (Freitag and Al-Onaizan 2017, "Beam Search Strategies for Neural Machine
        Translation")."""
        kept: list[Candidate] = []
        for one in sorted(chosen, key=lambda one: -one.score):
            lacks_less = all(len(one.unmet) < len(other.unmet) for other in kept)
            if lacks_less or one.score > kept[0].score - self._prune_threshold:
                kept.append(one)
        return kept

    def _finish(self, candidate: Candidate) -> None:
        parent = self.beams[candidate.parent]
        indices = (*parent.beam_indices, candidate.parent)
        scores = (*parent.token_scores, candidate.score - parent.score)
        made = Hypothesis(parent.tokens, indices, candidate.score, candidate.unmet, scores)
        if made.unmet:
            self._stop_short(made)
        elif self.best is None or made.mean_score > self.best.mean_score:
            self.best = made

    def _ends_the_last_sentence(self, candidate: Candidate) -> bool:
        return candidate.token in self._sentences.stops and self._sentences.is_reached(
            (*self.beams[candidate.parent].tokens, candidate.token)
        )

    def _stop_short(self, made: Hypothesis) -> None:
        """Keep a hypothesis that has said its sentence without all required slots; it is not made to go on."""
        if self._incomplete is None or _completeness(made) > _completeness(self._incomplete):
            self._incomplete = made

    def _is_done(self, chosen: list[Candidate]) -> bool:
        """No running hypothesis can be expected to beat the finished ones: it would have to rise above its own mean."""
        to_beat = [self.best.mean_score] if self.best else []
        if self._incomplete:
            to_beat.append(self._incomplete.mean_score - COST_OF_OMISSION)
        length = len(self.beams[0].tokens) + 2
        return max(one.score for one in chosen) / length < max(to_beat, default=-math.inf)

    def _extend(self, candidate: Candidate) -> Hypothesis:
        parent = self.beams[candidate.parent]
        tokens, indices = (*parent.tokens, candidate.token), (*parent.beam_indices, candidate.parent)
        scores = (*parent.token_scores, candidate.score - parent.score)
        return Hypothesis(tokens, indices, candidate.score, candidate.unmet, scores)


def _completeness(one: Hypothesis) -> tuple[int, float]:
    return -len(one.unmet), one.mean_score
