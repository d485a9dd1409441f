"""Relations outside formulas, with their sides: `n ≥ 3`, `p < 0.05`, `0 < x ≤ 1`, `z~2`, and `~ 7` behind a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arxiv_gloss.text.symbols.found import Symbol
from arxiv_gloss.text.symbols.masked import FORMULAS, POWER, RELATION, Masked
from arxiv_gloss.text.symbols.units import UNIT
from arxiv_gloss.text.symbols.values import RANGE, UNCERTAIN, VALUE

_SIGN = f"(?:<=|>=|!=|:=|[=<>≤≥≈≃≅≡≠≲≳≪≫∈∉⊂⊆∝→{RELATION}])"
_ABOUT = "[~∼]"
_FUNCTION = "log|ln|exp|min|max|sup|inf|dim|deg|rank|det|gcd|Dec"
_LETTER = rf"(?:[A-Za-zΑ-ωϕ]|[A-Z][A-Za-z]|[A-Z]\d{{1,2}}|{_FUNCTION})(?![A-Za-zÀ-ž])"
_GROUP = r"(?:\([^\s()]{1,24}\)|\[[^\[\]()A-Za-z]{1,24}\]|\{[^{}]{1,30}\})"
_COMMAND = r"\\[A-Za-z]{1,12}(?:\{[^{}]{1,30}\}){0,2}"
_ATOM = (
    rf"(?:(?:{_COMMAND}|{_LETTER}|{UNCERTAIN}|{VALUE}%?|[{FORMULAS}]|∞|{_GROUP})"
    rf"(?:[_^](?:\{{[^{{}}]{{1,20}}\}}|[-+]?[A-Za-z0-9]{{1,3}})|[{POWER}']|{_GROUP}|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀-₉]){{0,3}}+)"
)
_EXPRESSION = rf"(?>{_ATOM}(?: ?[-+*/·×|] ?{_ATOM}|{_ATOM}){{0,5}})"
_BETWEEN = rf"(?:(?: ?{_SIGN} ?)|(?: {_ABOUT} |{_ABOUT}))"
_RELATION = re.compile(rf"(?<![\w\\/.-])(?:{_EXPRESSION}){_BETWEEN}{_EXPRESSION}(?:{_BETWEEN}{_EXPRESSION}){{0,3}}")
_ENDS = re.compile(rf" ?{UNIT}|(?![A-Za-z0-9])")
_ONE_SIDED = re.compile(rf"(?<![\w)\]])(?:[≈≃≲≳≥≤≪≫∼~<>]|{RELATION}) ?(?:{UNCERTAIN}|{RANGE}|{VALUE})%?(?![A-Za-z0-9])")
_ARTICLE = re.compile(rf"[aAI] ?(?:{_ABOUT}|[<>≈{RELATION}])")


def relations(masked: Masked) -> Iterator[Symbol]:
    """All of a text, two-sided ones first."""
    for match in _RELATION.finditer(masked.text):
        ends = _ENDS.match(masked.text, match.end())
        if ends and not _ARTICLE.match(match[0]):
            yield Symbol(*masked.span(match.start(), ends.end()), "formula")
    for match in _ONE_SIDED.finditer(masked.text):
        yield Symbol(*masked.span(*match.span()), "formula")
