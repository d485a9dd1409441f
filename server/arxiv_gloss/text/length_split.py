"""Texts that are longer than a model reads, cut where it hurts least, and put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PLACES = (re.compile(r"(?<=[.!?])\s+"), re.compile(r"(?<=[;:])\s+"), re.compile(r"(?<=,)\s+"), re.compile(r"\s+"))
"""Between sentences, clauses, phrases, words."""
UNSPACED = frozenset({"zh", "ja", "th"})
"""Languages that put no space between sentences."""


def cut(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Parts of the text, in order, each of which fits; one word that does not fit is cut in the middle."""
    if fits(text) or len(text) < 2:
        return [text]
    for place in _PLACES:
        found = [match.span() for match in place.finditer(text) if match.start() > 0 and match.end() < len(text)]
        if found:
            start, end = min(found, key=lambda span: abs(span[0] - len(text) / 2))
            return [*cut(text[:start], fits), *cut(text[end:], fits)]
    middle = len(text) // 2
    return [*cut(text[:middle], fits), *cut(text[middle:], fits)]


def joined(parts: Sequence[str], language: str) -> str:
    return ("" if language in UNSPACED else " ").join(part for part in parts if part)
