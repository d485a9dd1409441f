"""Latin words that a row may spell: those of its source and no others. A logits mask that follows the last letters.

A small model that spells a name letter by letter easily ends in another one (`Kitaev`, `Matev`). Chinese text hardly
ever has a Latin word that its source has not: of 2,155 reference translations of dev four do, all of them acronyms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from arxiv_gloss.engine.logits_processors import MASKED, Floats
from arxiv_gloss.markers import MARKER

_WORD = re.compile(r"[a-z]+")
_TAIL = re.compile(r"[a-z]+$")
LONGEST_ENDING = 3
"""Letters that a word may lack in the end: `token` for `tokens`, `train` for `trained`."""


def words_of(marked: str) -> frozenset[str]:
    """The words that a marked source allows, in lower case: its own, parts and joints of compounds, plurals."""
    text = marked.lower()
    joined = MARKER.sub("", text)
    variants = (joined, MARKER.sub(" ", text), joined.replace("-", ""))
    words = {word for variant in variants for word in _WORD.findall(variant)}
    return frozenset(words | {f"{word}s" for word in words})


class Spelling:
    """Masks of one row, by the letters at the end of a hypothesis."""

    def __init__(self, pieces: Mapping[int, str], words: frozenset[str], mask: Floats) -> None:
        """`pieces`: the texts of all tokens with Latin letters. `mask` float32 [V]: what the row may never hold."""
        self._pieces = pieces
        self._begun = {word[:end] for word in words for end in range(1, len(word) + 1)}
        self._ends = {word[:end] for word in words for end in range(max(1, len(word) - LONGEST_ENDING), len(word) + 1)}
        self._mask = mask
        self._masks: dict[str, Floats] = {}

    def mask(self, tokens: Sequence[int]) -> Floats:
        """float32 [V]: 0 for what may follow `tokens`, MASKED else. The same array for the same last letters."""
        run = self._run(tokens)
        if run not in self._masks:
            self._masks[run] = self._after(run)
        return self._masks[run]

    def _run(self, tokens: Sequence[int]) -> str:
        """The letters at the end, back to where their word begins."""
        letters = ""
        for token in reversed(tokens):
            piece = self._pieces.get(token)
            if piece is None:
                break
            letters = piece + letters
            if not piece[0].isalpha():
                break
        if not letters:
            return ""
        tail = _TAIL.search(letters.lower())
        return tail[0] if tail else ""

    def _after(self, run: str) -> Floats:
        may_end = not run or run in self._ends
        mask = self._mask.copy() if may_end else np.full_like(self._mask, MASKED)
        for token, piece in self._pieces.items():
            text = piece.lower()
            goes_on = text[0].isalpha()
            fits = run + text in self._begun if goes_on else may_end and text.strip() in self._begun
            mask[token] = self._mask[token] if fits else MASKED
        return mask
