"""From a decoded row to what a reader sees: the text, and a flag for each thing that could not be verified.

Rules that may change work here, on rows as decoded, which alone are cached.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.events import Flag
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.text.slots import Surface, acronyms, close_up, render, slots_in

MISSING = frozenset(
    {"number_missing", "formula_missing", "url_missing", "name_missing", "number_count", "formula_count", "url_count"}
)
"""Flags that a second decoding, with the slot required, may take away."""


LEAST_SCORE = -1.25
"""Mean log probability per token. A retry below it is made of words that the model does not believe in."""


@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    flags: tuple[Flag, ...]
    score: float
    """Mean log probability per token, of the row."""
    lost: frozenset[int] = frozenset()
    """Slots that a second decoding should require."""
    confidence: float | None = None
    """The probability that it has no error of meaning, where that is known."""
    origin: str = ""
    """Name of the model that wrote it."""

    def stands_beside(self, other: Rendered) -> bool:
        """Whether another model's text may take the place of `other`: the ledger finds no more fault with it."""
        return bool(self.text) and len(self.flags) <= len(other.flags)

    def better_than(self, other: Rendered) -> bool:
        """True if it has fewer flags (then fewer lost slots) and its score is at least LEAST_SCORE."""
        fewer = (len(self.flags), len(self.lost)) < (len(other.flags), len(other.lost))
        return bool(self.text) and self.score >= LEAST_SCORE and fewer


_UNENDED = re.compile(r"(?<=[\u4e00-\u9fff）”$])[，；：、]?$")
"""Where a condensed clause of Chinese stops without a full stop."""


def render_condensation(
    row: Row, sources: Sequence[str], marked_source: str, surfaces: Sequence[Surface], language: str = "zh"
) -> Rendered:
    """A condensed row, which may leave out what its `sources` say."""
    text = render(close_up(row.text, marked_source), surfaces)
    if row.complete:
        text = _UNENDED.sub("。", text)
    return Rendered(
        text, flags.condensation_flags(sources, text, language) + _cut_off(row), row.score, origin=row.origin
    )


def render_translation(
    row: Row,
    source: str,
    marked_source: str,
    surfaces: Sequence[Surface],
    language: str = "zh",
    is_title: bool = False,
) -> Rendered:
    """A translation of `source`, which may leave out nothing. A title may spell an acronym out: with all of them
    required, titles of dev lose 0.5 BLEU."""
    text = render(close_up(row.text, marked_source), surfaces)
    slots = list(dict.fromkeys(slots_in(marked_source)))
    found = flags.translation_flags(source, text, [surfaces[slot] for slot in slots], language)
    missing = [flag.params["text"] for flag in found if flag.code in MISSING]
    said = set(slots_in(row.text))
    lost = {slot for slot in slots if slot not in said and _stands_in(surfaces[slot].text, missing)}
    if not is_title:
        lost |= {slot for slot in acronyms(marked_source, surfaces) if surfaces[slot].text not in text}
    return Rendered(text, found + _cut_off(row), row.score, frozenset(lost), origin=row.origin)


def _stands_in(surface: str, missing: Sequence[str]) -> bool:
    return any(surface in text for text in missing)


def _cut_off(row: Row) -> tuple[Flag, ...]:
    return () if row.complete else (flags.CUT_OFF,)


def confidence(row: Row) -> float:
    """Geometric mean of the probability per token, in 0..1: the `score` of the wire."""
    return round(math.exp(row.score), 4)
