"""How a Chinese text may write a symbol of its source: with other blanks, its unit in words, `~` as 约."""

from __future__ import annotations

import re

from arxiv_gloss.text.symbols.measures import CURRENCIES
from arxiv_gloss.text.symbols.units import units
from arxiv_gloss.text.symbols.values import PLAIN

_MEASURE = re.compile(rf"(?P<number>{PLAIN})(?P<between>[ -]?)(?P<unit>\S.*)")
_AMOUNT = re.compile(rf"(?P<sign>[€£¥₹₩₽]) ?(?P<number>{PLAIN})(?: (?P<scale>\w+))?")
_NEAR = {
    "~": "~|∼|约为?|大约|近", "∼": "~|∼|约为?|大约|近", "≈": "≈|约为?|大约", ">": ">|超过|大于|高于|多于|逾",
    "<": "<|低于|小于|不到|少于", "≥": "≥|至少|不低于|不少于|不小于", "≤": "≤|至多|最多|不超过|不高于|不大于",
}  # fmt: skip
_ENDS = r"(?![A-Za-z0-9]|\.\d)"


def spellings(text: str) -> str:
    """A pattern without groups for all of these, over a Chinese text."""
    if text[0] in _NEAR and len(text) > 1:
        return f"(?:{_NEAR[text[0]]}) ?{spellings(text[1:].lstrip())}"
    begins = r"(?<![A-Za-z0-9.])" if text[0].isalnum() and text[0].isascii() else ""
    if text[0] == ".":
        return rf"(?<![A-Za-z0-9.])0?{re.escape(text)}{_ENDS}"
    if amount := _AMOUNT.fullmatch(text):
        number = re.escape(amount["number"])
        return rf"(?:{amount['sign']} ?{number}|(?<![\d.]){number} ?{CURRENCIES[amount['sign']]})"
    if (measure := _MEASURE.fullmatch(text)) and not measure["unit"][0].isdigit():
        return rf"(?<![A-Za-z0-9.]){re.escape(measure['number'])}[ -]?{_unit(measure['unit'])}"
    ends = r"(?![A-Za-z0-9])" if text[-1].isalnum() and text[-1].isascii() else ""
    return begins + _loosely(text) + ends


def _unit(unit: str) -> str:
    symbols = rf"{_loosely(unit)}(?![A-Za-z0-9])"
    chinese = units()[unit].chinese if unit in units() else ()
    return f"(?:{'|'.join([symbols, *map(re.escape, chinese)])})"


def _loosely(text: str) -> str:
    """The text, with or without its blanks."""
    return " ?".join(map(re.escape, text.split(" ")))
