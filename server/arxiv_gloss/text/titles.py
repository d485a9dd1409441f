"""Titles: which of their words may be names, and texts all in capitals, read as if in small letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from arxiv_gloss.text.common_words import is_common
from arxiv_gloss.text.protected import protected

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4
"""Letters of a word that tells whether a text is in capitals; what is shorter, and no common word, is an acronym."""
_TOKEN = re.compile(r"(?<![\w\\])[^\W_]+(?:'[^\W_]+)?")
_VOWEL = re.compile("[AEIOUY]")
_MOSTLY = 0.9


def every_word(word: str) -> bool:
    """In a sentence, any word with a capital may be a name."""
    return True


def no_word(word: str) -> bool:
    """What begins a sentence has a capital anyway."""
    return False


def no_common_word(texts: Sequence[str]) -> Callable[[str], bool]:
    """For the words of a title, which may begin with a capital anyway: a name is no word that other papers, or these
    texts, write in small letters."""
    small = {word for text in texts for word in _WORD.findall(text) if word.islower()}
    return lambda word: word.lower() not in small and not is_common(word)


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
    if not word.isupper():
        return word
    small, capital = word.lower(), word.capitalize()
    if small in known or (is_common(small) and word not in known):
        return small
    if capital in known or (len(word) > _LONG and word not in known and _VOWEL.search(word) and word.isalpha()):
        return capital
    return word
