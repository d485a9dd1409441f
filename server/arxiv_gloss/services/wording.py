"""From a decoded row to what a reader sees: the text, and a flag for each thing that could not be verified.

The reader's glossary and the ledger of numbers join here: both work on a row as decoded, so neither is ever cached.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.events import Flag
from arxiv_gloss.text.slots import Surface, render, slots_in

REPAIRED = frozenset({"formula", "url", "number"})
"""Kinds whose loss is worth a second decoding with the slot required."""
IDENTIFIER = re.compile(r"[A-Z].*[A-Z]|\d")
"""Acronyms and identifiers come back as they are; another name may be translated (Gaussian is 高斯)."""


@dataclass(frozen=True, slots=True)
class Worded:
    text: str
    flags: tuple[Flag, ...]
    lost: frozenset[int]
    """Slots that a second decoding should require."""


def word(row: Row, surfaces: Sequence[Surface]) -> Worded:
    """A condensed row: it may leave things out, so only its being cut off is a flag."""
    return Worded(render(row.text, surfaces).strip(), _cut_off(row), frozenset())


def word_in_full(row: Row, source: str, surfaces: Sequence[Surface]) -> Worded:
    """A translation of the marked text `source`: what does not come back is flagged `missing_slot`."""
    text = render(row.text, surfaces).strip()
    said = set(slots_in(row.text))
    lost = [slot for slot in dict.fromkeys(slots_in(source)) if slot not in said and _must_return(surfaces[slot], text)]
    flags = [Flag("missing_slot", {"kind": surfaces[slot].kind, "surface": surfaces[slot].text}) for slot in lost]
    return Worded(text, (*flags, *_cut_off(row)), frozenset(slot for slot in lost if surfaces[slot].kind in REPAIRED))


def _must_return(surface: Surface, text: str) -> bool:
    if surface.kind == "name" and not IDENTIFIER.search(surface.text):
        return False
    return surface.text not in text


def _cut_off(row: Row) -> tuple[Flag, ...]:
    return () if row.complete else (Flag("cut_off"),)


def sureness(row: Row) -> float:
    """Geometric mean of the probability per token, in 0..1: the `score` of the wire."""
    return round(math.exp(row.score), 4)
