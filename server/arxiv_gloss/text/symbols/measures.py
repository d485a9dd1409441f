"""Quantities that must come back whole: a number with a unit in symbols, with its uncertainty, or with a currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from arxiv_gloss.text.numbers.localised import in_chinese
from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.masked import RELATION, Masked
from arxiv_gloss.text.symbols.units import UNIT
from arxiv_gloss.text.symbols.values import PLAIN, POWER_OF_TEN, RANGE, SCALED, UNCERTAIN, VALUE

_NEAR = rf"(?:(?:[~∼≈≃≲≳≥≤≪≫<>]|{RELATION}) ?)?"
_BEGINS = r"(?<![\w.^{/\\)])(?<![\w)][-−])"
_TOUCHING = r"(?:[ -]|(?=[^\W\d_]{2}|[ÅΩ°]))"
"""Between a number and its unit; what touches is no unit when it is one letter (`7B`, `5K`)."""
_MEASURE = re.compile(rf"{_BEGINS}{_NEAR}(?P<value>{UNCERTAIN}|{RANGE}|{VALUE}){_TOUCHING}{UNIT}")
_VALUE_ALONE = re.compile(rf"{_BEGINS}{_NEAR}(?:{UNCERTAIN}|{SCALED}|{POWER_OF_TEN})%?(?![A-Za-z0-9])")
_LEADING_DOT = re.compile(r"(?<![\w.)\]])\.\d+(?![\w.]*\w)")
_SPACED = re.compile(r"(?<![\w.,-])[1-9]\d{0,2}(?: \d{3}){1,3}(?![\w,]|[ .]\d)")
"""Thousands with spaces between them: 27 000."""
_SIMPLE = re.compile(rf"(?P<number>{PLAIN})[ -]?(?=[^\d\s.,(^×x*·-])")
CURRENCIES = {"€": "欧元", "£": "英镑", "¥": "元", "₹": "卢比", "₩": "韩元", "₽": "卢布"}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_CURRENCY = re.compile(rf"(?<!\w)(?P<sign>[€£¥₹₩₽]) ?(?P<number>{PLAIN})(?: (?P<scale>{'|'.join(_SCALES)})\b)?(?!\w)")


def measures(masked: Masked) -> Iterator[Symbol]:
    """All of a text, each finder's from left to right."""
    for match in _MEASURE.finditer(masked.text):
        yield _measure(match, masked)
    for match in _VALUE_ALONE.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "formula")
    for match in _LEADING_DOT.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "number", shown=f"0{match[0]}", rendering=f"0{match[0]}")
    for match in _SPACED.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "number", shown=match[0].replace(" ", ""), rendering=match[0])
    for match in _CURRENCY.finditer(masked.text):
        yield _amount(match, masked)


def _measure(match: re.Match[str], masked: Masked) -> Symbol:
    """A plain number stays for the model to read; what says more than that is a formula."""
    start, end = masked.span(*match.span())
    simple = _SIMPLE.match(match[0].lstrip("-+−"))
    if simple and simple["number"] == match["value"].lstrip("-+−"):
        signs = len(match[0]) - len(match[0].lstrip("-+−"))
        return Symbol(start + signs, end, "number", shown=simple["number"])
    return Symbol(start, end, "formula")


def _amount(match: re.Match[str], masked: Masked) -> Symbol:
    currency = CURRENCIES[match["sign"]]
    digits = match["number"]
    if not match["scale"]:
        return Symbol(*masked.span(*match.span()), "number", shown=digits, rendering=digits + currency)
    value = Fraction(digits.replace(",", "")) * _SCALES[match["scale"]]
    count = in_chinese(value)
    shown = re.match(r"[\d.]+", count)
    return Symbol(
        *masked.span(*match.span()), "number", shown=shown[0] if shown else digits, rendering=count + currency
    )
