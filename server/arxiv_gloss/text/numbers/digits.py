"""The account of numbers for languages without a table: digits only, however they are grouped and pointed.

`1,200.5`, `1.200,5` and `1 200,5` are one number here, and so are the digits of other scripts. Words for numbers, units
and negations are not looked at.
"""

from __future__ import annotations

import re
from typing import Literal

from arxiv_gloss.text.numbers.ledger import Ledger, LedgerEntry
from arxiv_gloss.text.numbers.quantities import flatten

_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")


def account_by_digits(source: str, target: str, complete: bool = True) -> Ledger:
    """As `ledger.account`: a translation must have all numbers, formulas and addresses, and either has no others."""
    entries: list[LedgerEntry] = []
    (said, taken), (meant, given) = flatten(target), flatten(source)
    ours, theirs = _numbers(said), _numbers(meant)
    entries += [
        LedgerEntry("added", "number", text) for key, text in ours.items() if key not in theirs and not _in(key, given)
    ]
    entries += [LedgerEntry("added", _kind(text), text) for text in taken if text not in given]
    if complete:
        entries += [
            LedgerEntry("missing", "number", text)
            for key, text in theirs.items()
            if key not in ours and not _in(key, taken)
        ]
        entries += [LedgerEntry("missing", _kind(text), text) for text in given if text not in taken]
    return Ledger(tuple(entries), False, False)


def _kind(text: str) -> Literal["formula", "url"]:
    return "url" if re.match(r"https?:|www\.", text) else "formula"


def _numbers(text: str) -> dict[str, str]:
    """Each number's digits, in our script, and how it is written."""
    return {_key(found[0]): found[0] for found in _NUMBER.finditer(text)}


def _key(number: str) -> str:
    return "".join(str(int(sign)) for sign in number if sign.isdigit())


def _in(key: str, taken: tuple[str, ...]) -> bool:
    """Whether a formula of the other side holds the number."""
    return any(key in _numbers(text) for text in taken)
