"""TeX outside formulas, as arXiv's metadata has it, to plain Unicode."""

from __future__ import annotations

import re
import unicodedata

from arxiv_gloss.text.offset_map import Traced
from arxiv_gloss.text.protected import TEXT_ENVIRONMENTS

_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_ACCENT = re.compile(
    r"""\{?\\(?:(?P<sign>[`'^"~=.])\s*|(?P<letter>[uvHcrkd])(?=\{|\s+[A-Za-z]))\s*"""
    r"""(?:\{\s*\\?(?P<braced>[A-Za-z])\s*\}|\\?(?P<bare>[A-Za-z]))(?P<close>\}?)"""
)
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "i", "j": "j", "dh": "ð", "th": "þ",
}  # fmt: skip
_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν "
    "xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ "
    "Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω"
)
_SIGNS = (
    "deg ° degree ° textdegree ° pm ± times × cdot · sim ~ approx ≈ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ to → rightarrow → "
    "infty ∞ ldots ... dots ... textellipsis ... S § copyright © textregistered ® texttrademark ™ LaTeX LaTeX TeX TeX "
    "textendash -- textemdash --- textasciitilde ~ textbackslash / quad  qquad "
)


def _pairs(table: str) -> dict[str, str]:
    words = table.split(" ")
    return dict(zip(words[::2], words[1::2], strict=False))


_SYMBOLS = _pairs(_GREEK) | _pairs(_SIGNS)
_LETTER = re.compile(
    r"(?<=\d )\\(?P<unit>AA)(?![A-Za-z])"
    rf"|\{{\\(?P<a>{'|'.join(_LETTERS)})\s*\}}|\\(?P<b>{'|'.join(_LETTERS)})(?:\{{\}}|(?![A-Za-z])\s?)"
)
_SYMBOL = re.compile(
    r"\{\\(?P<a>%(n)s)\s*\}|\\(?P<b>%(n)s)(?![A-Za-z])(?:\{\})?"  # noqa: UP031
    % {"n": "|".join(sorted(_SYMBOLS, key=len, reverse=True))}
)
_UNDERLINED_GREEK = re.compile(r"\\b\{(eta)\}")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\\'(?=(?:s|t|re|ve|ll|d|m)\b)")
_WRAPPERS = (
    "emph|text(?:it|bf|tt|sc|rm|sf|sl|normal|up|md)?|mbox|hbox|underline|uline|math(?:rm|bf|it|sf|tt|cal|bb)|ensuremath"
    "|url|path|code|textcolor\\{[^{}]*\\}|color\\{[^{}]*\\}|text(?:sub|super)script|uppercase|MakeUppercase"
)
_WRAPPED = re.compile(rf"\\(?:{_WRAPPERS})\s*\{{([^{{}}]*)\}}")
_SWITCHED = re.compile(r"\{\\(?:em|it|bf|tt|sc|rm|sf|sl|itshape|bfseries|scshape)\s+([^{}]*)\}")
_LINKED = re.compile(r"\\href\s*\{(?P<address>[^{}]*)\}\s*\{(?P<words>[^{}]*)\}")
_FOOTNOTE = re.compile(r"\\(?:footnote|thanks)\s*\{(?P<words>[^{}]*)\}")
_BRACED_WORD = re.compile(r"(?<![\\^_}\w])\{([A-Z][A-Za-z0-9-]*)\}")
_REFERENCE = re.compile(r"(?<![~\s])[~\s]*\\(?:cite[a-z]{0,20}|nocite|label)\*?(?:\[[^\]]{0,200}\]){0,4}\{[^{}]*\}")
BREAK = "\ue000"
"""Stands where a list item, a line or a paragraph begins, so that a sentence ends before it."""
_BREAKS = (
    re.compile(rf"\\(?:begin|end)\{{(?:{TEXT_ENVIRONMENTS})\}}(?:\[[^\[\]]{{0,40}}\])?"),
    re.compile(r"\\(?:item|newline|par|bigskip|medskip|smallskip|noindent)(?![A-Za-z])"),
)
_PLAIN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\\(?=[%&#_{}])"), ""),
    (re.compile(r"\\\\(?:\[[^\]]{0,60}\])?"), " "),
    (re.compile(r"\\[\s,;:/]"), " "),
    (re.compile(r"\\[!-]|\{\}"), ""),
    (re.compile(r"(?<=[A-Za-z]\.)~|(?<=[A-Za-z,)\]⟧])~(?=[A-Za-z(⟦])|(?<=\d)~(?=[A-Za-z⟦])"), " "),
    (re.compile(r"``|''|[“”„]"), '"'),
    (re.compile(r"[‘’`´]"), "'"),
    (re.compile("–"), "--"),
    (re.compile("—"), "---"),
    (re.compile(r"(?<!\\)\$"), r"\$"),
)


def with_symbols(text: str) -> str:
    """Greek letters and common signs as Unicode, inside or outside formulas."""
    return _SYMBOL.sub(lambda match: _SYMBOLS[match["a"] or match["b"]], text)


def _accented(match: re.Match[str]) -> str:
    accent = match["sign"] or match["letter"]
    letter = match["braced"] or match["bare"]
    composed = unicodedata.normalize("NFC", letter + _COMBINING[accent])
    if len(composed) > 1:
        composed = ("'" if accent == "'" else "") + letter
    opened = match[0].startswith("{")
    return ("{" if opened and not match["close"] else "") + composed + ("" if opened else match["close"])


def _linked(match: re.Match[str]) -> str:
    return match["words"] if "⟦" in match["words"] else f"{match['words']} ({match['address']})"


def plain(text: Traced) -> Traced:
    """Unicode for accents, letters, escapes, quotes and text commands; references to other works go.

    Formulas must have been masked before. A dollar sign that delimits no formula comes out as `\\$`, so that in
    the result a bare dollar sign always belongs to a formula. Commands that are not known stay as they are.
    """
    if "\\" in text.text:
        for pattern in _BREAKS:
            text = text.replace(pattern, BREAK)
        text = text.replace(_APOSTROPHE, "'")
        text = text.replace(_UNDERLINED_GREEK, "β")
        text = text.replace(_REFERENCE, "")
        text = text.replace(_ACCENT, _accented)
        text = text.replace(_LETTER, lambda m: _LETTERS[m["unit"] or m["a"] or m["b"]])
        text = text.replace(_SYMBOL, lambda m: _SYMBOLS[m["a"] or m["b"]])
        for _ in range(3):
            text = text.unwrap(_WRAPPED).unwrap(_SWITCHED).replace(_LINKED, _linked)
            text = text.replace(_FOOTNOTE, lambda m: f" ({m['words']})")
    text = text.unwrap(_BRACED_WORD)
    for pattern, by in _PLAIN:
        text = text.replace(pattern, by)
    return text
