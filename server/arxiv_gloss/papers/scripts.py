"""Raised and lowered text as formulas: 10¹⁵ is `10$^{15}$` and never 1015.

Only the script becomes a formula; what touches it is joined to it where the text is cut (`text/protected.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PART_OF_THE_WORD = frozenset(("st", "nd", "rd", "th", "er", "re", "e", "®", "©", "™", "TM"))
"""Raised, but read on: 2nd."""
_DEGREE = frozenset(("∘", "°", "o", "○", "◦"))
_EMPTY_BASE = re.compile(r"\{\s?\}(?=[\^_])")
_LONGEST = 24
"""Characters; what is longer is a remark that somebody raised."""


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str
    """text, formula, sup or sub"""
    text: str
    leads_elsewhere: bool = False
    """Whether raised text is the mark of a reference or a note."""


def joined_pieces(pieces: Iterable[Piece]) -> str:
    """The pieces as one text, formulas between dollar signs; those that touch are one."""
    done: list[str] = []
    formula = ""
    for piece in pieces:
        before = done[-1] if done and not formula else ""
        kind, text = _read(piece, before)
        if kind == "formula":
            # LaTeXML gives a script that hangs on a word an empty base, which would part it from the word.
            formula += _EMPTY_BASE.sub("", text) if before[-1:].isalnum() else text
            continue
        if formula:
            done.append(f"${formula}$")
            formula = ""
        done.append(text)
    return "".join([*done, f"${formula}$" if formula else ""])


def _read(piece: Piece, before: str) -> tuple[str, str]:
    """As text or as TeX; `before` is the text that it stands on."""
    if piece.kind in ("text", "formula"):
        return (piece.kind, piece.text) if piece.text else ("formula", "")
    content = " ".join(piece.text.split())
    if piece.leads_elsewhere:
        return "text", f" [{content.strip('[]')}]" if content else ""
    if len(content) > _LONGEST:
        return "text", f" {content}"
    if piece.kind == "sup" and before[-1:].isdecimal() and content in _DEGREE:
        return "text", "°"
    if piece.kind == "sup" and before[-1:].isalnum() and content in _PART_OF_THE_WORD:
        return "text", content
    plain = content.replace("$", "")
    return ("formula", f"{'^' if piece.kind == 'sup' else '_'}{{{plain}}}") if plain else ("formula", "")
