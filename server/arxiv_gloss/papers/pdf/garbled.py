"""Lines whose letters are not those that are printed: their font has no map from glyphs to characters, or a wrong one.

Told by what such text looks like: characters that no font prints, signs and digits where letters should be, or letters
that are spread as in no language that is written in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from arxiv_gloss.papers.pdf import characters

_SHORTEST = 24
"""Glyphs; what is shorter may be a number, a formula or a label."""
_LEADERS = re.compile(r"[.…·_\-–—=*~]{3,}|(?:[.·] ){3,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FREQUENT = frozenset("etaoinsrl")
"""Two thirds of the letters of a text in any language of western Europe, two fifths where letters were swapped."""
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        the of and in to a is for we that with on are by as this be from it an at or which not can
        de la le les et des en du un une que el los las del der die und das von den ist zu il di che per e o da do
        """,
    )
)
ENOUGH = 6
"""Points that a page's lines must have together before any of them is left out."""


def garbled(spans: Sequence[dict[str, Any]]) -> int:
    """Points of a line, given as MuPDF's spans: 0 readable, 1 doubtful, 2 garbled."""
    raw = "".join(span["text"] for span in spans if not characters.is_math_font(span["font"]))
    glyphs = sum(not sign.isspace() for sign in raw)
    if glyphs < _SHORTEST:
        return 0
    if characters.lost(raw) > 0.4 * glyphs or _signs_for_letters(raw):
        return 2
    return 1 if _letters_swapped(raw) else 0


def _signs_for_letters(raw: str) -> bool:
    """Words that are spelt with punctuation: few letters, few digits, and many kinds of signs."""
    signs = [sign for sign in _LEADERS.sub("", raw) if not sign.isspace()]
    if len(signs) < _SHORTEST:
        return False
    letters = sum(sign.isalpha() for sign in signs)
    digits = sum(sign.isdecimal() for sign in signs)
    kinds = len({sign for sign in signs if sign in "!\"#$&'()*:;<=>?@[]^`{|}~"})
    return letters < 0.35 * len(signs) and digits < 0.5 * len(signs) and kinds >= 7


def _letters_swapped(raw: str) -> bool:
    """Words of letters, but not those of any language written with them."""
    words = [word.lower() for word in _WORD.findall(raw)]
    letters = [letter for word in words for letter in word]
    if len(words) < 6 or not raw.isascii() or any(word in _SMALL_WORDS for word in words):
        return False
    return sum(letter in _FREQUENT for letter in letters) < 0.47 * len(letters)
