"""Takeaways from the body: its key sentences that the abstract does not say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from arxiv_gloss.events import Place, Point
from arxiv_gloss.services.fulltext.section import GlossedSection, KeySentence

_MOST = 4
"""Takeaways from the body."""
FLOOR = 0.3
"""The least probability of its label."""
SAME = 0.5
"""Two sentences that share this part of their words say the same."""
_NOT_THE_PAPER_S = re.compile(
    r"related|previous|prior work|background|preliminar|acknowledg|reference|appendix|supplement|notation|broader", re.I
)
"""Sections about the work of others."""
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:Table|Tab\.|Figure|Fig\.|Section|Sec\.|Appendix|Eq\.|Equation|Algorithm) ?[A-Z]?\d"
)
"""A sentence about a place in the paper says little without it."""
_WORD = re.compile(r"[a-z]{3,}")


def body_takeaways(abstract: Sequence[Point], sections: Iterable[GlossedSection]) -> Iterator[Point]:
    """Takeaways that follow the abstract's own, in the order of the paper."""
    known = [place for point in abstract for place in point.evidence]
    candidates = [
        key for section in sections for key in section.key_sentences if not _NOT_THE_PAPER_S.search(key.place.section)
    ]
    chosen: list[KeySentence] = []
    for one in sorted(candidates, key=lambda key: -key.weight):
        if len(chosen) == _MOST or one.weight < FLOOR:
            break
        if one.flags or _POINTS_ELSEWHERE.search(one.place.source):
            continue
        if not any(_same(one.place, other) for other in [*known, *(c.place for c in chosen)]):
            chosen.append(one)
    for index, one in enumerate((c for c in candidates if c in chosen), start=len(abstract)):
        yield Point(index, one.text, [one.place], one.score, one.label, one.flags, False)


def _same(one: Place, other: Place) -> bool:
    ours, theirs = (set(_WORD.findall(place.source.lower())) for place in (one, other))
    return len(ours & theirs) >= SAME * max(1, min(len(ours), len(theirs)))
