"""Titles: which of their words may be names, and texts all in capitals, read as if in small letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from arxiv_gloss.text.protected import protected

_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"(?<![\w$\\-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w$])")
_NOT_CAPITALISED = frozenset(
    "about above across after against among and as at before behind below between beyond by during for from in into "
    "like nor of off on onto or over per that the their through to toward towards under until upon using versus via "
    "when where while with within without".split()
)
"""Words that title case leaves small."""
_IN_SENTENCE_CASE = 0.25
"""Share of small ones among the other words."""
_LONG = 4
"""Letters of a word that a title in title case would begin with a capital."""
_TOKEN = re.compile(r"(?<![\w\\])[^\W_]+(?:'[^\W_]+)?")
_VOWEL = re.compile("[AEIOUY]")
_MOSTLY = 0.9
_NUMERAL = re.compile(r"[IVX]+$")


def every_word(word: str) -> bool:
    """In a sentence, any word with a capital may be a name."""
    return True


def names_of_title(title: str, named: Set[str]) -> Callable[[str], bool]:
    """Whether a word of the title, with a capital, may be a name: in a title in sentence case, or where the abstract
    (`named`) or the letters say so."""
    words = [word for word in _SPACED.findall(title)[1:] if len(word) >= _LONG and word not in _NOT_CAPITALISED]
    small = sum(word[0].islower() for word in words if word.isascii())
    in_sentence_case = small > _IN_SENTENCE_CASE * sum(word.isascii() for word in words)
    return lambda word: in_sentence_case or word in named or not word.isascii()


def in_small_letters(texts: Sequence[str]) -> list[str]:
    """Those of the texts that are all in capitals, in sentence case; the others tell which words are acronyms."""
    loud = [_is_loud(text) for text in texts]
    if not any(loud):
        return list(texts)
    known = {word for text, is_loud in zip(texts, loud, strict=True) if not is_loud for word in _TOKEN.findall(text)}
    return [_lowered(text, known) if is_loud else text for text, is_loud in zip(texts, loud, strict=True)]


def _words(text: str) -> list[str]:
    kept: list[str] = []
    done = 0
    for start, end, _ in protected(text):
        kept.append(text[done:start])
        done = end
    return _WORD.findall(" ".join([*kept, text[done:]]))


def _is_loud(text: str) -> bool:
    if not text.isascii() and text.upper() == text.lower():
        return False
    words = [word for word in _words(text) if len(word) > 1]
    letters = "".join(words)
    upper = sum(letter.isupper() for letter in letters)
    return sum(len(word) >= _LONG and word.isupper() for word in words) > 1 and upper >= _MOSTLY * len(letters)


def _lowered(text: str, known: Set[str]) -> str:
    out: list[str] = []
    done = 0
    for start, end, _ in [*protected(text), (len(text), len(text), "")]:
        out.append(_TOKEN.sub(lambda match: _quiet(match[0], known), text[done:start]) + text[start:end])
        done = end
    lowered = "".join(out)
    return lowered[:1].upper() + lowered[1:]


def _quiet(word: str, known: Set[str]) -> str:
    """A word of a text in capitals as a sentence would have it."""
    small = word.lower()
    if small in known or not word.isupper():
        return small if word.isupper() else word
    capital = small[:1].upper() + small[1:]
    if word in known or any(sign.isdigit() for sign in word) or not _VOWEL.search(word) or _NUMERAL.match(word):
        return word
    return capital if capital in known else small
