"""The quantities of a text: what counts, measures or orders, however it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from arxiv_gloss.text.numbers.languages import ARABIC, Language
from arxiv_gloss.text.protected import protected
from arxiv_gloss.text.tex import with_symbols

QuantityKind = Literal["number", "attached", "numbering", "identifier", "counted", "word"]
"""Digits: a `number`, a number `attached` to letters that are no unit (3D), mere `numbering` as (1), and those of an
`identifier` (GPT-4). Words: a `counted` two or more (three models), or any other `word` that may be a quantity."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """`start` and `end` count characters of the flattened text (`flatten`)."""

    text: str
    start: int
    end: int
    values: frozenset[Fraction]
    """What it may mean; usually one value, none for identifiers and versions, which only equal themselves."""
    unit: str | None
    kind: QuantityKind


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．－−～", "0123456789%.--~")
_RAISED = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)")
_TEX_SIGNS = (
    (re.compile(r"\\(?:times|cdot)(?![A-Za-z])"), "×"),
    (re.compile(r"\\(?:%|percent)"), "%"),
    (re.compile(r"\^\s*\{?\\?(?:circ|degree)\}?"), "°"),
    (re.compile(r"\\mu(?![A-Za-z])"), "μ"),
    (re.compile(r"\{,\}"), ","),
    (
        re.compile(
            r"\\(?:mathrm|mathcal|mathbb|mathsf|mathfrak|operatorname|text|textrm|mathit|mathbf|rm|bf|mbox|boldsymbol|textbf)(?![A-Za-z])\s*"
        ),
        "",
    ),
    (
        re.compile(
            r"\\(?:sim|approx|simeq|leq?|geq?|pm|mp|to|ll|gg|gtrsim|lesssim|leqslant|geqslant|rightarrow|left|right)(?![A-Za-z])"
        ),
        " ",
    ),
    (re.compile(r"\\[,;:!~ ]|~"), " "),
    (re.compile(r"[{}]"), ""),
)
_FORMULA_MARKS = re.compile(r"^(?:\$\$?|\\\(|\\\[)|(?:\$\$?|\\\)|\\\])$")
_UNTOLD = re.compile(r"[\s$\\_^≈∼~≤≥≫≪±→]|\(\)")
_WORDS_IN_DOLLARS = re.compile(r"\$\s*\\(?:text[a-z]*|emph)\{([^{}$\\]*)\}\s*\$")
_NUMERIC = re.compile(r"[\d\s.,%×x^*+<>=/°~μ:()-]*(?:[A-Za-z]{1,3})?")
_POWER = re.compile(
    rf"(?:({ARABIC})\s*[×x*·]\s*)?10\s*\^\s*(-?\d{{1,60}})"
    r"|(?<![A-Za-z0-9_.])(\d{1,60}(?:\.\d{1,60})?)[eE]([-+]?\d{1,60})(?![A-Za-z0-9_])"
)
_IDENTIFIER = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z][A-Za-z_./+-]{0,60}\d)[A-Za-z](?:[-_./+]?[A-Za-z0-9])*")
_VERSION = re.compile(r"(?<!\d)\d+(?:\.\d+){2,}")
_PART_OF = re.compile(r"(?P<below>[^分\s，。]{1,4})分之(?P<above>[^\s，。]{1,6})")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_HIGHEST_POWER = 400
_NEAR = 40
"""Characters before a number in which a word that changes it may begin."""
_LEADING_DOT = re.compile(r"(?<![\w.)\]])\.(?=\d)")
_CURRENCY = re.compile(
    r"([$€£¥])\s?((?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
    r"(?:\s?(?:thousand|million|billion|trillion|万亿|[万亿])|[kKMB]\b)?)"
)
"""A sign before its number; in the account it stands behind, as other units do."""


def flatten(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its numeric formulas written out (`$95\\%$` is `95%`) and its other formulas and addresses
    taken out; these come second."""
    text = _WORDS_IN_DOLLARS.sub(r"\1", text)
    out: list[str] = []
    taken: list[str] = []
    done = 0
    for start, end, kind in protected(text):
        out.append(text[done:start])
        done = end
        inside = _written_out(text[start:end]) if kind == "formula" else ""
        if kind == "formula" and any(c.isdigit() for c in inside) and _NUMERIC.fullmatch(inside):
            out.append(inside)
        else:
            taken.append(text[start:end])
            out.append("\ufffc")
    flat = "".join([*out, text[done:]]).translate(_FULL_WIDTH)
    flat = _RAISED.sub(lambda match: "10^" + match[1].translate(_SUPERSCRIPTS), flat)
    flat = _LEADING_DOT.sub("0.", flat.replace("\\%", "%").replace("\\", ""))
    return _CURRENCY.sub(r"\2\1", flat), tuple(taken)


def _written_out(formula: str) -> str:
    inside = _FORMULA_MARKS.sub("", formula)
    for pattern, by in _TEX_SIGNS:
        inside = pattern.sub(by, inside)
    return inside.strip()


def skeleton(formula: str) -> str:
    """A formula without what does not change its meaning, or is lost when it is written as plain text."""
    return _UNTOLD.sub("", with_symbols(_written_out(formula)))


def quantities(flat: str, table: Language) -> list[Quantity]:
    """All quantities of a flattened text, in order."""
    found: list[Quantity] = []
    taken = bytearray(len(flat))
    for finder in (_identifiers, _powers, _parts, _months, _phrases, _fixed):
        for quantity in finder(flat, table):
            if not any(taken[quantity.start : quantity.end]):
                taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
    return sorted(found, key=lambda one: one.start)


def _identifiers(flat: str, table: Language) -> Iterator[Quantity]:
    """GPT-4, CIFAR-10, v1.2, 3.1.4: names with digits in them."""
    for pattern in (_IDENTIFIER, _VERSION):
        for match in pattern.finditer(flat):
            yield Quantity(match[0], *match.span(), frozenset(), None, "identifier")


def _powers(flat: str, table: Language) -> Iterator[Quantity]:
    """3 × 10^5, 10^-3, 1e-5."""
    for match in _POWER.finditer(flat):
        factor = Fraction((match[1] or match[3] or "1").replace(",", ""))
        exponent = int(match[2] or match[4])
        if abs(exponent) <= _HIGHEST_POWER:
            value = factor * Fraction(10) ** exponent
            end, unit = _unit(flat, match.end(), table)
            yield Quantity(flat[match.start() : end], match.start(), end, frozenset([value]), unit, "number")


def _parts(flat: str, table: Language) -> Iterator[Quantity]:
    """三分之一, 百分之五, two thirds."""
    for match in _PART_OF.finditer(flat):
        above = table.phrase.match(match["above"])
        belows = (table.phrase.fullmatch(match["below"], cut) for cut in range(len(match["below"])))
        below = next((one for one in belows if one), None)
        if not above or not below or not (whole := _value(below, table)):
            continue
        start, end = match.start("below") + below.start(), match.start("above") + above.end()
        value, unit = _value(above, table), "percent" if whole == 100 else None
        value = value if unit else value / whole
        yield Quantity(flat[start:end], start, end, frozenset([value]), unit, "counted")
    for match in table.part.finditer(flat):
        value = Fraction(table.values[match[1].lower()], table.parts[match[2]])
        yield Quantity(match[0], *match.span(), frozenset([value]), None, "counted")


def _months(flat: str, table: Language) -> Iterator[Quantity]:
    """November 2024, 3 March."""
    for match in table.month.finditer(flat):
        yield Quantity(match[0], *match.span(), frozenset([Fraction(table.months[match[0]])]), "month", "number")


def _phrases(flat: str, table: Language) -> Iterator[Quantity]:
    for match in table.phrase.finditer(flat):
        if match[0] in table.large_scales:
            continue  # 上亿: says how large, not how many
        value = _value(match, table)
        end, unit = _unit(flat, match.end(), table)
        after = flat[end : end + 1]
        kind: QuantityKind = "word"
        if unit is None and _YEAR.fullmatch(match[0]):
            unit = "year"
        if match["arabic"] is None:
            vague = table.vague.search(flat, max(0, match.start() - _NEAR), match.start())
            if value >= 2 and not vague and (unit or table.measured.match(flat, end)):
                kind = "counted"
        elif _is_numbering(flat, match):
            kind = "numbering"
        else:
            kind = "attached" if after.isascii() and after.isalpha() else "number"
        yield Quantity(flat[match.start() : end], match.start(), end, frozenset([value]), unit, kind)


def _fixed(flat: str, table: Language) -> Iterator[Quantity]:
    """half, twice, first, 首."""
    for match in table.fixed_word.finditer(flat):
        value = table.fixed.get(match[0]) or table.fixed[match[0][0].lower() + match[0][1:]]
        yield Quantity(match[0], *match.span(), frozenset([value]), None, "word")


def _unit(flat: str, end: int, table: Language) -> tuple[int, str | None]:
    match = table.unit.match(flat, end)
    return (match.end(), table.units[match[1]]) if match else (end, None)


def _is_numbering(flat: str, match: re.Match[str]) -> bool:
    """(1), 2), [12]: the text is numbered, nothing is counted."""
    before, after = flat[max(0, match.start() - 2) : match.start()], flat[match.end() : match.end() + 1]
    if len(match[0]) > 2 or not after:
        return False
    if after in ")）":
        return not before or before[-1].isspace() or bool(re.search(r"(?:^|[^A-Za-z0-9])[(（]$", before))
    return before.endswith(("[", "【")) and after in "]】,"


def _value(match: re.Match[str], table: Language) -> Fraction:
    """The one grammar of number phrases: digits add up, small scales multiply the last, large ones all before."""
    total = section = current = Fraction(0)
    for word in table.word.findall(match[0]):
        lower = word if word in table.large_scales else word.lower()
        if word[0].isdigit() and word.isascii():
            current += Fraction(word.replace(",", ""))
        elif lower in table.values:
            current += table.values[lower]
        elif lower in table.small_scales:
            section += (current or 1) * table.small_scales[lower]
            current = Fraction(0)
        elif section + current:
            total += (section + current) * table.large_scales[lower]
            section = current = Fraction(0)
        else:
            total = (total or 1) * table.large_scales[lower]
    return total + section + current
