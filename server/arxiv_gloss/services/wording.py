"""From a decoded row to what a reader sees: the text, and a flag for each thing that could not be verified.

Rules that may change (the ledger, the reader's glossary) belong here: they work on rows as decoded, which alone are
cached.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.events import Flag
from arxiv_gloss.text.ledger import account
from arxiv_gloss.text.slots import Surface, render, slots_in

REPAIRED = frozenset({"formula", "url", "number"})
"""Kinds whose loss is worth a second decoding with the slot required."""
IDENTIFIER = re.compile(r"[A-Z].*[A-Z]|\d")
"""What tells acronyms and identifiers from names that may be translated (Gaussian is 高斯)."""


@dataclass(frozen=True, slots=True)
class Worded:
    text: str
    flags: tuple[Flag, ...]
    lost: frozenset[int]
    """Slots that a second decoding should require."""


def word(row: Row, surfaces: Sequence[Surface]) -> Worded:
    """A condensed row: it may leave things out, so only its being cut off is a flag."""
    return Worded(render(row.text, surfaces).strip(), _cut_off(row), frozenset())


def word_in_full(row: Row, source: str, marked_source: str, surfaces: Sequence[Surface]) -> Worded:
    """A translation of `source`: what does not come back is flagged `missing_slot`.

    Formulas, addresses, acronyms and identifiers must come back as they are, numbers in a form that the ledger finds
    equal (6.5M is 650万), and other names may be translated.
    """
    text = render(row.text, surfaces).strip()
    said = set(slots_in(row.text))
    lost = [
        slot
        for slot in dict.fromkeys(slots_in(marked_source))
        if slot not in said and surfaces[slot].text not in text and not _is_name(surfaces[slot])
    ]
    if any(surfaces[slot].kind == "number" for slot in lost):
        missing = [entry.text for entry in account(source, text).entries if entry.state != "matched"]
        lost = [slot for slot in lost if surfaces[slot].kind != "number" or _stands_in(surfaces[slot].text, missing)]
    flags = [Flag("missing_slot", {"kind": surfaces[slot].kind, "surface": surfaces[slot].text}) for slot in lost]
    repaired = frozenset(slot for slot in lost if surfaces[slot].kind in REPAIRED)
    return Worded(text, (*flags, *_cut_off(row)), repaired)


def _is_name(surface: Surface) -> bool:
    return surface.kind == "name" and not IDENTIFIER.search(surface.text)


def _stands_in(number: str, entries: Sequence[str]) -> bool:
    return any(number in entry for entry in entries)


def _cut_off(row: Row) -> tuple[Flag, ...]:
    return () if row.complete else (Flag("cut_off"),)


def sureness(row: Row) -> float:
    """Geometric mean of the probability per token, in 0..1: the `score` of the wire."""
    return round(math.exp(row.score), 4)
