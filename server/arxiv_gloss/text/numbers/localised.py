"""Quantities that Chinese writes in another way: `February 2024`, `2.1 billion`, `twelve`.

A model that spells them out itself gets months and powers of ten wrong more often than any other number. So it reads a
plain number in their place, and their slot says them as Chinese does: 2024年2月, 21亿, 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from arxiv_gloss.text.numbers.languages import language
from arxiv_gloss.text.numbers.quantities import Quantity, quantities

LOCALISED_LANGUAGE = "zh"
"""The language that these rules are for."""


@dataclass(frozen=True, slots=True)
class Localised:
    """`start` and `end` are its place in the text; a model reads `shown` there, and readers see `rendering`."""

    start: int
    end: int
    shown: str
    rendering: str


_ENGLISH = language("en")
_MONTH = "|".join(sorted(_ENGLISH.months, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<before>[0-3]?\d) )?(?P<month>{_MONTH})\b\.?(?: (?P<after>[0-3]?\d)(?=, \d{{4}}))?,?"
    r" (?P<year>(?:18|19|20)\d\d)(?![.,]?\d)"
)
_NO_COUNT = re.compile("decade|centur|dozen|^hundred", re.IGNORECASE)
"""A time as likely as a count, or only as large as that: hundreds, several hundred."""
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|millionth"
_GOES_ON = re.compile(rf"[ -](?:(?:{_ORDINALS}|quarter|halve|half)s?\b|and[ -]a[ -])", re.IGNORECASE)
"""Behind a number, what makes another of it: twenty-first, three quarters, two and a half."""
_RANGE = re.compile(rf"(?:\d|\b(?:{_MONTH}|{'|'.join(_ENGLISH.values)})) ?(?:[-–—~/] ?|(?:to|or|and) )$", re.IGNORECASE)
"""Before a number or a date, a range of which it is only the end: its scale, or year, is meant for both ends."""
_FIRST = re.compile(r"\bfirst $", re.IGNORECASE)
_MOST_OF_THE_FIRST = 99
"""The first five are 前五, not the first and five; a first 15-million-scale set is one."""
_NEAR = 40
"""Characters: the longest month or number word, and what parts it from the end of the range."""
_DIGITS = re.compile(r"[\d.,]+")
_NUMERALS = "零一两三四五六七八九十"
_LARGE = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_MOST = 10**16
_DECIMALS = 4
_SETTLED = (
    (re.compile(r"(\d年\d{1,2}月(?:\d{1,2}日)?) ?[年月]"), r"\1"),
    (re.compile(r"第 ?两|两(?= ?(?:维|元|值|次型|叉|进制|阶(?!段)))"), lambda match: match[0].replace("两", "二")),
    (re.compile(r"两 ?向(?!量)"), "双向"),
    (re.compile(rf"(?<=[一-鿿]) ?([{_NUMERALS}]) ?(?=[一-鿿])"), r"\1"),
)
"""What the sentence around a slot makes of it."""


def localised(text: str) -> Iterator[Localised]:
    """All such quantities of an English text without formulas, from left to right, without overlaps."""
    end = 0
    for one in sorted([*_dates(text), *_numbers(text)], key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            yield one
            end = one.end


def settled(text: str) -> str:
    """A Chinese text in which localised quantities were put: 2024年2月年 is 2024年2月, 第两 is 第二."""
    for pattern, by in _SETTLED:
        text = pattern.sub(by, text)
    return text


def in_chinese(count: Fraction) -> str:
    """A count as Chinese writes it: 两, 12, 3500, 1.5万, 21亿; empty for one that has too many digits for that."""
    if count.denominator == 1 and count <= 10:
        return _NUMERALS[int(count)]
    unit, name = next(((unit, name) for unit, name in _LARGE if count >= unit), (1, ""))
    rest = count / unit * 10**_DECIMALS
    if rest.denominator != 1 or count >= _MOST:
        return ""
    whole, decimals = divmod(int(rest), 10**_DECIMALS)
    return f"{whole}.{decimals:0{_DECIMALS}}".rstrip("0").rstrip(".") + name


def _dates(text: str) -> Iterator[Localised]:
    for match in _DATE.finditer(text):
        if _ends_a_range(text, match.start()):
            continue
        day = match["before"] or match["after"]
        rendering = f"{match['year']}年{_ENGLISH.months[match['month']]}月" + (f"{int(day)}日" if day else "")
        yield Localised(*match.span(), match["year"], rendering)


def _numbers(text: str) -> Iterator[Localised]:
    """Numbers that count something and have a word in them, or a letter for a power of ten."""
    for quantity in quantities(text, _ENGLISH):
        match = _ENGLISH.phrase.match(text, quantity.start)
        if quantity.kind not in ("number", "counted") or not match or match[0] == match["arabic"]:
            continue
        if _GOES_ON.match(text, match.end()) or (_is_large(match[0]) and _ends_a_range(text, match.start())):
            continue
        if rendering := match[0] if match["touching"] else _rendering(match[0], quantity):
            shown = _DIGITS.match(rendering)
            first = _first_of(text, match.start(), match.end(), *quantity.values)
            start, rendering = (first, f"前{rendering}") if first is not None else (match.start(), rendering)
            yield Localised(start, match.end(), shown[0] if shown else str(*quantity.values), rendering)


def _first_of(text: str, start: int, end: int, value: Fraction) -> int | None:
    """Where `first` begins that stands before a count of things, and makes of it the first so many."""
    before = _FIRST.search(text, max(0, start - _NEAR), start)
    return before.start() if before and value <= _MOST_OF_THE_FIRST and text[end : end + 1] == " " else None


def _ends_a_range(text: str, start: int) -> bool:
    return _RANGE.search(text, max(0, start - _NEAR), start) is not None


def _is_large(phrase: str) -> bool:
    return not _ENGLISH.large_scales.keys().isdisjoint(_ENGLISH.word.findall(phrase))


def _rendering(phrase: str, quantity: Quantity) -> str:
    return "" if _NO_COUNT.search(phrase) else in_chinese(*quantity.values)
