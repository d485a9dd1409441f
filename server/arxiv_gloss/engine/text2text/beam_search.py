"""Beam search over the tokens of one text: greedy, or as transformers' `generate` does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.logits_processors import (
    LogitsProcessor,
    MinLength,
    NoRepeatNgram,
    SuppressTokens,
    refused_by,
)
from arxiv_gloss.engine.text_config import Generation


@dataclass(frozen=True, slots=True)
class TextHypothesis:
    """A partial or finished text: its tokens without the prompt, and the sum of their log probabilities."""

    tokens: tuple[int, ...]
    score: float


class TextBeamSearch:
    """The beam of one text. `beams` are running; `finished` has the finished hypotheses by their worth, best first."""

    def __init__(self, generation: Generation, prompt_length: int) -> None:
        """`prompt_length`: tokens that the decoder is given, which count towards the lengths of `generation`."""
        self._generation = generation
        self._max_length = generation.max_length - prompt_length
        self._processors: tuple[LogitsProcessor, ...] = (
            NoRepeatNgram(generation.no_repeat_ngram_size),
            SuppressTokens(generation.suppress_tokens),
            MinLength(generation.min_length - prompt_length, generation.end),
        )
        self.beams = [TextHypothesis((), 0.0)]
        self.finished: list[tuple[float, TextHypothesis]] = []

    @property
    def result(self) -> tuple[TextHypothesis, bool]:
        """The text, and whether it came to a proper end instead of its length limit."""
        return (self.finished[0][1], True) if self.finished else (self.beams[0], False)

    def advance(self, scores: Sequence[Sequence[float]], tokens: Sequence[Sequence[int]]) -> list[int]:
        """Take one step. `scores` and `tokens` [beams, K]: each hypothesis' best log probabilities, falling.

        Returns the parents of the new hypotheses, the best one's first; an empty list when the text is finished.
        """
        beam, end = self._generation.beam, self._generation.end
        chosen: list[tuple[int, TextHypothesis]] = []
        for rank, (parent, token, one) in enumerate(self._candidates(scores, tokens)):
            if token != end:
                chosen.append((parent, one))
            elif rank < beam:  # an end that is not among the best is not taken: it would win by being short
                self._finish(one)
            if len(chosen) == beam:
                break
        if not chosen or self._is_done(chosen[0][1]):
            return []
        self.beams = [one for _, one in chosen]
        return [] if len(self.beams[0].tokens) >= self._max_length else [parent for parent, _ in chosen]

    def _candidates(
        self, scores: Sequence[Sequence[float]], tokens: Sequence[Sequence[int]]
    ) -> Iterator[tuple[int, int, TextHypothesis]]:
        """Parent, token and the hypothesis that they make, best first."""
        found: list[tuple[float, int, int]] = []
        for parent, one in enumerate(self.beams):
            refused = refused_by(self._processors, one.tokens)
            count = 2 * self._generation.beam + len(refused)  # no more can count
            for score, token in zip(scores[parent][:count], tokens[parent][:count], strict=True):
                if token not in refused:
                    found.append((-one.score - score, parent, token))
        for cost, parent, token in sorted(found):
            yield parent, token, TextHypothesis((*self.beams[parent].tokens, token), -cost)

    def _finish(self, made: TextHypothesis) -> None:
        without_end = TextHypothesis(made.tokens[:-1], made.score)
        self.finished.append((self._worth(made.score, len(made.tokens)), without_end))
        self.finished.sort(key=lambda one: -one[0])
        del self.finished[self._generation.beam :]

    def _is_done(self, best: TextHypothesis) -> bool:
        """Enough texts are finished, and the best running one is worth less than the worst of them."""
        if len(self.finished) < self._generation.beam:
            return False
        return self._worth(best.score, len(best.tokens)) <= self.finished[-1][0]

    def _worth(self, score: float, length: int) -> float:
        """`score` under the length penalty of transformers: divided by `length` to its power."""
        return float(score / length**self._generation.length_penalty)
