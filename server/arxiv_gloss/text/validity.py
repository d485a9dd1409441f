"""What can be glossed at all: an English text of bearable length."""

from __future__ import annotations

import re
import unicodedata

from arxiv_gloss.errors import AbstractTooLong, EmptyAbstract, NotEnglish, NotText
from arxiv_gloss.text.protected import protected

LONGEST_ABSTRACT = 20_000
"""Characters. The longest abstract on arXiv has under 6,000."""
_LEAST_LATIN = 0.7
"""Share of ASCII letters among all letters outside formulas."""
_FEW_WORDS, _MANY_WORDS = 8, 40
_LEAST_FUNCTION_WORDS = 0.1
"""Share among the words of a long text; English has about 0.35, Dutch under 0.1."""
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a about all also an and any are as at be been between both but by can for from has have how however if in into is
    it its may more most not of on one or our over such than that the their them then there these they this those to
    two under using was we were what when where which while who with without
    """,
    )
)
_WORD = re.compile(r"[^\W\d_]+")


def check(abstract: str) -> None:
    """Raises EmptyAbstract, AbstractTooLong, NotText or NotEnglish when there is nothing to gloss."""
    if not abstract.strip():
        raise EmptyAbstract("The abstract is empty. Send the text that is to be glossed.")
    if len(abstract) > LONGEST_ABSTRACT:
        raise AbstractTooLong(
            f"The abstract has {len(abstract):,} characters, and at most {LONGEST_ABSTRACT:,} can be glossed. "
            "Send a part of it."
        )
    if any(_is_binary(character) for character in abstract):
        raise NotText("The abstract holds control bytes, so it is no plain text. Send text in UTF-8.")
    words = _WORD.findall(_without_protected(abstract))
    if not words:
        raise NotText("The abstract has no words. Send the text that is to be glossed.")
    if not _is_english(words):
        raise NotEnglish("The abstract does not seem to be in English, and only English can be glossed.")


def is_english(text: str) -> bool:
    """Whether a text is in English; True for one without words."""
    words = _WORD.findall(_without_protected(text))
    return not words or _is_english(words)


def _is_binary(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and not character.isspace()


def _without_protected(text: str) -> str:
    kept: list[str] = []
    done = 0
    for start, end, _ in protected(text):
        kept.append(text[done:start])
        done = end
    return " ".join([*kept, text[done:]])


def _is_english(words: list[str]) -> bool:
    letters = "".join(words)
    if sum(letter.isascii() for letter in letters) < _LEAST_LATIN * len(letters):
        return False
    known = sum(word.lower() in _FUNCTION_WORDS for word in words)
    if len(words) >= _MANY_WORDS:
        return known >= _LEAST_FUNCTION_WORDS * len(words)
    return known > 0 or len(words) < _FEW_WORDS
