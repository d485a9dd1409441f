"""Letters, digits and brackets that touch a formula, and signs of formulas outside dollars, belong to it:
`Sr$_2$RuO$_4$`, `H$\\alpha$`, `Z$_c$(3900)$^+$`, `J/$\\psi$`, `10^5`, `Hα`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.masked import FORMULAS, Masked
from arxiv_gloss.text.symbols.units import UNIT

_F = f"[{FORMULAS}]"
_ALNUM = "A-Za-z0-9Α-ω"
_LONGEST_BEFORE, _MOST_PARTS = 40, 12
_BEFORE = re.compile(
    rf"(?<![{_ALNUM}])(?:(?:[Α-ω0-9][A-Za-z]?-)?(?:[A-Z0-9][A-Za-z0-9]{{0,9}}[-/.]){{0,2}}"
    rf"(?P<last>[{_ALNUM}]{{1,12}}|(?:\d{{1,3}},){{1,12}}\d{{3}})|[A-Z][A-Za-z0-9]{{0,6}}/|[{_ALNUM}]{{0,12}}\([A-Za-z0-9,+/{FORMULAS}-]{{1,16}}\))$"
)
_LAST_ALONE = re.compile(rf"[{_ALNUM}]{{1,12}}$")
_AFTER = re.compile(
    rf"{_F}|(?P<number>\d+(?:[.,]\d+)*(?:%|(?![A-Za-z])))|(?P<letters>[{_ALNUM}]{{1,12}})"
    rf"|\((?!s\))[A-Za-z0-9+/,.{FORMULAS}-]{{1,16}}\)|/[A-Za-z0-9]{{1,8}}(?={_F})"
)
_WORD = re.compile(r"[a-z]{3,}|[A-Z][a-z]{3,}")
_WORD_BEFORE = re.compile(r"[a-z]{4,}|[A-Z][a-z]{4,}")
_ENDING = re.compile(r"(?:s|th|st|nd|rd|d|D)$")
_FORMULA = re.compile(_F)
_UNIT = re.compile(f" ?{UNIT}")
_RAISED = r"(?:\^(?:\{[^{}\s]{1,20}\}|[-+−]?[A-Za-z0-9]{1,4})|_\{[^{}\s]{1,20}\})"
_BARE = re.compile(
    rf"(?<![\w\\^{{])(?:[{_ALNUM}]{{1,8}}{_RAISED}{{1,3}}){{1,4}}+[A-Za-z0-9]{{0,4}}(?![\w^])"
    r"|(?<!\\)\\(?:sqrt|frac|bar|hat|tilde|vec|dot|overline|ell|partial|nabla|sum|int|prod|mathrm|mathcal|mathbb|text)"
    rf"(?:\{{[^{{}}]{{0,40}}\}}){{0,2}}{_RAISED}{{0,2}}(?![\w^])"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9]{0,8}[Α-ωϕϵ⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀-₉ℓℏ∞∂∇]+(?:[A-Za-z0-9]{1,6}[Α-ω⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀-₉]+){0,4}(?:[_^][A-Za-z0-9]{1,3})?"
    r"(?:[A-Z0-9][A-Za-z0-9]{0,5})?(?![A-Za-z0-9])"
)
"""Raised and lowered without dollars, commands of formulas, and words with Greek letters or small figures in them."""


def glued(masked: Masked) -> Iterator[Symbol]:
    """Every formula of the text, with all that touches it; then what looks like one outside dollars."""
    text = masked.text
    done = 0
    for match in _FORMULA.finditer(text):
        if match.start() < done:
            continue
        start, end = _before(text, match.start(), done), _after(text, match.end())
        if _only(text[start:end]):
            end = match.end()  # formulas beside each other stay apart
        yield Symbol(*masked.span(start, end), "formula")
        done = end
    for match in _BARE.finditer(text):
        yield Symbol(*masked.span(*match.span()), "formula")


def _only(run: str) -> bool:
    return all(_FORMULA.match(sign) for sign in run)


def _before(text: str, at: int, done: int) -> int:
    """Where what touches a formula from the left begins."""
    part = text[max(done, at - _LONGEST_BEFORE) : at]
    found = _BEFORE.search(part)
    if found and found["last"] and _WORD_BEFORE.fullmatch(found["last"]):
        found = None
    elif not found and (alone := _LAST_ALONE.search(part)):
        found = alone if _is_symbol(part, alone) else None
    return at - len(found[0]) if found else at


def _is_symbol(part: str, alone: re.Match[str]) -> bool:
    """What stands alone behind a hyphen or a bracket, as the T of high-T$_c$."""
    whole = alone.start() == 0 or not part[alone.start() - 1].isalnum()
    return whole and not _WORD_BEFORE.fullmatch(alone[0])


def _after(text: str, at: int) -> int:
    """Where what touches a formula from the right ends."""
    measured = False
    for _ in range(_MOST_PARTS):
        found = _AFTER.match(text, at)
        if not found:
            break
        if letters := found["letters"]:
            before_formula = _FORMULA.match(text, found.end())
            word = (_WORD_BEFORE if before_formula else _WORD).search(letters)
            if word or text[found.end() : found.end() + 1].isalpha():
                break
            if not before_formula and _ENDING.fullmatch(letters):
                break
        at = found.end()
        measured = bool(found["number"])
    unit = _UNIT.match(text, at) if measured else None
    return unit.end() if unit else at
