"""Which segments of the source support a sentence of the gloss, and how well.

A row that saw one segment has that segment as its evidence; nothing must be looked for. For a row that saw all of
them the attention that it paid tells (services/gloss/abstractive.py). Here is what the words tell: how well a claim's
evidence carries it (`from_words`), and which sentences a summarizer's text says again (`from_same_words`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.text.terms.lexicon import Lexicon, known_pairs

THRESHOLD = 0.5
"""Least score of a takeaway that is shown as fact. Measured by tests/benchmarks/trust.py: it holds back 98 % of
takeaways from other papers and under 3 % of good ones."""
MOST_SEGMENTS = 3
_LEAST_GAIN = 0.08
"""Share of a sentence that a further segment must explain to become evidence."""

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.+-]*|\d+(?:\.\d+)?")
_COUNTED = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_WORD = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a an and are as at be been by can for from has have in into is it its of on or our than that the their them these
    they this those to was we were which while with
    """,
    )
)
_EMPTY = frozenset("的了在是和与以及对为一种个们该本文其中通过从将等于这些可并也能使用基")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Segment indices in order, and the share of the sentence that they explain, 0 to 1."""

    segments: tuple[int, ...]
    score: float

    @property
    def enough(self) -> bool:
        return self.score >= THRESHOLD


def from_words(target: str, segments: Sequence[str], lexicon: Lexicon) -> Evidence:
    """From the words: segments that, together, explain as much of a target sentence as possible."""
    counted = _counted(target)
    return _covering([_explained(target, segment, lexicon) & counted for segment in segments], counted)


def from_same_words(sentence: str, segments: Sequence[str]) -> Evidence:
    """The same for an English sentence: segments that have its words, whatever their endings."""
    words = _WORD.findall(sentence.lower())
    counted = {at for at, word in enumerate(words) if word not in _SMALL_WORDS}
    stems = [{_stem(word) for word in _WORD.findall(segment.lower())} for segment in segments]
    return _covering([{at for at in counted if _stem(words[at]) in known} for known in stems], counted)


def _stem(word: str) -> str:
    """A word without its ending, roughly: `trained`, `training` and `trains` are one."""
    return re.sub(r"(?:ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word


def _covering(explained: Sequence[set[int]], counted: set[int]) -> Evidence:
    """The segments that, together, explain as much as possible of what counts."""
    chosen: list[int] = []
    covered: set[int] = set()
    while len(chosen) < min(MOST_SEGMENTS, len(explained)):
        best = max(range(len(explained)), key=lambda index: len(explained[index] - covered))
        if chosen and len(explained[best] - covered) < _LEAST_GAIN * len(counted):
            break
        chosen.append(best)
        covered |= explained[best]
    return Evidence(tuple(sorted(set(chosen))), len(covered) / max(1, len(counted)))


def explained(target: str, source: str, lexicon: Lexicon) -> tuple[set[int], set[int]]:
    """Positions of the characters of a target that say something, and of those that its source accounts for."""
    counted = _counted(target)
    return counted, _explained(target, source, lexicon) & counted


def _counted(target: str) -> set[int]:
    """Positions of all characters that say something."""
    return {at for at, one in enumerate(target) if one not in _EMPTY and _COUNTED.match(one)}


def _explained(target: str, segment: str, lexicon: Lexicon) -> set[int]:
    """Positions that the segment accounts for: what its words may become, and what stands in it letter by letter."""
    known = known_pairs(segment, lexicon)
    positions = {at + k for at in range(len(target) - 1) if target[at : at + 2] in known for k in (0, 1)}
    source = segment.lower()
    for match in _LATIN.finditer(target):
        if match[0].lower() in source:
            positions.update(range(*match.span()))
    return positions
