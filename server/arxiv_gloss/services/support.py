"""What is not shown as fact. A row's evidence is what it saw; held back is what its evidence does not carry."""

from __future__ import annotations

from collections.abc import Iterable

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.events import Flag
from arxiv_gloss.services.wording import sureness

LEAST_SURE = 0.32
"""Of 669 takeaways of dev papers, the seven below this were garbled or off their sentence (five) or stiff (two)."""
SAYS_MORE = frozenset(
    {"number_added", "identifier_added", "formula_added", "url_added", "unit_changed", "comparison_flipped", "cut_off"}
)
"""Flags of a text that says something else than its evidence."""


def is_withheld(row: Row, flags: Iterable[Flag]) -> bool:
    """Whether a condensation, repaired as far as it could be, has too little support to be shown as fact."""
    return sureness(row) < LEAST_SURE or any(flag.code in SAYS_MORE for flag in flags)
