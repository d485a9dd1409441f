"""Words whose sense a translation must not lose or turn around, by tables: opposites, phrases, denials in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DENIALS = "不没未无非否勿免缺失难反抗去除防少误异错乱抵消负逆脱离弱"
"""Signs of which the Chinese of a word like `unstable` has one."""


@dataclass(frozen=True, slots=True)
class WordPair:
    """An English word, and the Chinese that is there, or should be."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two opposites; each with what Chinese says for it, and for the other one."""

    word: re.Pattern[str]
    opposite: re.Pattern[str]
    said: re.Pattern[str]
    opposite_said: re.Pattern[str]


def flipped(source: str, target: str) -> Iterator[WordPair]:
    """English words of which the Chinese text has only the opposite."""
    for pair in _pairs():
        match = pair.word.search(source)
        other = pair.opposite_said.search(target)
        if match and other and not pair.opposite.search(source) and not pair.said.search(target):
            yield WordPair(match[0], other[0])


def unsaid(source: str, target: str) -> Iterator[WordPair]:
    """English phrases that a Chinese text says in none of the usual ways, with the most usual one."""
    for phrase, said, usual in _phrases():
        match = phrase.search(source)
        if match and not said.search(target):
            yield WordPair(match[0], usual)


def denial_lost(source: str, target: str) -> bool:
    """Whether a word of the source denies something and no sign of the target does."""
    return bool(_denials().search(source)) and not any(sign in DENIALS for sign in target)


@cache
def _pairs() -> tuple[_Pair, ...]:
    made: list[_Pair] = []
    for one, other, said, other_said in _rows("opposites.tsv"):
        first, second = (re.compile(rf"\b(?:{word})\b", re.IGNORECASE) for word in (one, other))
        here, there = re.compile(said), re.compile(other_said)
        made += [_Pair(first, second, here, there), _Pair(second, first, there, here)]
    return tuple(made)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    rows = _rows("must_say.tsv")
    return tuple((re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(said), usual) for one, said, usual in rows)


@cache
def _denials() -> re.Pattern[str]:
    words = "|".join(re.escape(row[0]) for row in _rows("denials.txt"))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def _rows(name: str) -> list[list[str]]:
    lines = files("arxiv_gloss.text").joinpath("tables", name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
