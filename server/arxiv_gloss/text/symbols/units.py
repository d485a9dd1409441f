"""Units as papers write them behind a number: `km s$^{-1}$`, `K/min`, `erg cm^-2 s^-1`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from arxiv_gloss.text.symbols.masked import POWER


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` in English; `chinese` is what Chinese texts call it, the usual name first."""

    name: str
    chinese: tuple[str, ...]


@cache
def units() -> Mapping[str, Unit]:
    """From a symbol to its unit (`tables/units.tsv`)."""
    lines = files("arxiv_gloss.text").joinpath("tables", "units.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {symbol: Unit(name, tuple(filter(None, chinese.split("|")))) for symbol, name, chinese in rows}


_SYMBOL = "(?:{})".format("|".join(sorted(map(re.escape, units()), key=len, reverse=True)))
_SOLAR = f"[MLR]{POWER}"
_EXPONENT = rf"(?:\^?\{{[-−]?\d{{1,2}}\}}|\^[-−]?\d{{1,2}}|[-−]\d(?!\d)|[²³]|⁻[¹²³⁴]|(?<=m)[23](?!\d)|{POWER})"
_BELOW = rf"(?:{_SYMBOL}|[cdlSFHbB]|day|yr|bit)"
"""What may stand under a stroke, some of it not by itself."""
UNIT = (
    rf"(?:{_SOLAR}|{_SYMBOL}{_EXPONENT}?)"
    rf"(?:(?: ?/ ?|[·*]){_BELOW}{_EXPONENT}?| (?:{_SOLAR}|{_SYMBOL}{_EXPONENT})|(?<={POWER}) {_SYMBOL}){{0,4}}"
    r"(?![A-Za-z0-9]|/[A-Za-z])"
)
"""A pattern over masked text: a unit, or several of them multiplied and divided."""
