"""Which tokens a text model says: greedy, or the beam search of transformers' `generate`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.glosser.beam_search import repeats
from arxiv_gloss.engine.text_config import Generation


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What one line has said, the prompt left out, and its log probability."""

    said: tuple[int, ...]
    score: float


class TextSearch:
    """The beam of one text. `lines` are running; `done` are finished, the best first."""

    def __init__(self, generation: Generation, prompt: int) -> None:
        """`prompt`: tokens that the decoder was given."""
        self._generation = generation
        self._least, self._most = generation.least - prompt, generation.most - prompt
        self.lines = [Hypothesis((), 0.0)]
        self.done: list[tuple[float, Hypothesis]] = []

    @property
    def result(self) -> tuple[Hypothesis, bool]:
        """The text and whether it came to a proper end, or was cut off."""
        return (self.done[0][1], True) if self.done else (self.lines[0], False)

    def advance(self, scores: Sequence[Sequence[float]], tokens: Sequence[Sequence[int]]) -> list[int]:
        """Take one step: for each line, the best log probabilities and their tokens.

        Returns the parents of the new lines, best first; an empty list when the text is finished.
        """
        beam, end = self._generation.beam, self._generation.end
        chosen: list[tuple[int, Hypothesis]] = []
        for rank, (parent, token, line) in enumerate(self._candidates(scores, tokens)):
            if token != end:
                chosen.append((parent, line))
            elif rank < beam:  # an end that is not among the best is not taken: it would win by being short
                self._finish(line)
            if len(chosen) == beam:
                break
        if not chosen or self._is_decided(chosen[0][1]):
            return []
        self.lines = [line for _, line in chosen]
        return [] if len(self.lines[0].said) >= self._most else [parent for parent, _ in chosen]

    def _candidates(
        self, scores: Sequence[Sequence[float]], tokens: Sequence[Sequence[int]]
    ) -> Iterator[tuple[int, int, Hypothesis]]:
        """Parent, token and the line that they make, best first."""
        generation = self._generation
        offers: list[tuple[float, int, int]] = []
        for parent, line in enumerate(self.lines):
            refused = repeats(line.said, generation.no_repeat) | set(generation.never)
            if len(line.said) < self._least:
                refused.add(generation.end)
            most = 2 * generation.beam + len(refused)  # no more can count
            for score, token in zip(scores[parent][:most], tokens[parent][:most], strict=True):
                if token not in refused:
                    offers.append((-line.score - score, parent, token))
        for cost, parent, token in sorted(offers):
            yield parent, token, Hypothesis((*self.lines[parent].said, token), -cost)

    def _finish(self, line: Hypothesis) -> None:
        without_end = Hypothesis(line.said[:-1], line.score)
        self.done.append((self._worth(line.score, len(line.said)), without_end))
        self.done.sort(key=lambda one: -one[0])
        del self.done[self._generation.beam :]

    def _is_decided(self, best: Hypothesis) -> bool:
        """Enough texts are finished, and the best running line is worth less than the worst of them."""
        if len(self.done) < self._generation.beam:
            return False
        return self._worth(best.score, len(best.said)) <= self.done[-1][0]

    def _worth(self, score: float, length: int) -> float:
        return float(score / length**self._generation.length_penalty)
