"""Texts with TeX in them as HTML: formulas become MathML, addresses links, all else is escaped."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree import ElementTree

from latex2mathml.converter import convert
from markupsafe import Markup

from arxiv_gloss.text.escaping import without_controls
from arxiv_gloss.text.protected import protected

_READABLE = (("``", "“"), ("''", "”"), (r"\%", "%"), (r"\&", "&"), (r"\#", "#"), (r"\_", "_"))


def formula_html(text: str) -> Markup:
    text = without_controls(text)
    out = Markup("")
    at = 0
    for start, end, kind in protected(text):
        out += _plain(text[at:start])
        piece = text[start:end]
        out += _formula(piece) if kind == "formula" else _link(piece)
        at = end
    return out + _plain(text[at:])


def _plain(text: str) -> str:
    for tex, mark in _READABLE:
        text = text.replace(tex, mark)
    return text


def _link(address: str) -> Markup:
    if not address.startswith(("http://", "https://")):
        return Markup("{}").format(address)
    return Markup('<a href="{0}">{0}</a>').format(address)


@lru_cache(4096)
def _formula(written: str) -> Markup:
    """MathML; the TeX itself where it makes no sense to the converter, or would become anything else."""
    tex = written.strip("$") if written.startswith("$") else written[2:-2]
    try:
        tex = _WORDS.sub(lambda match: match[0].translate(_HIDDEN), tex.strip())
        return _mathml(ElementTree.fromstring(convert(tex)))
    except Exception:  # the library raises whatever it stumbles over
        return Markup("<code>{}</code>").format(written)


_WORDS = re.compile(r"\\(?:text[a-z]*|[mhf]box)\s*\{[^{}]*\}")
_HIDDEN = {ord("<"): "\ue000", ord(">"): "\ue001", ord("&"): "\ue002"}
"""Signs that the converter takes for markup of its own where TeX has words; private characters stand for them."""
_SHOWN = {0xE000: "<", 0xE001: ">", 0xE002: "&"}

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        """
    math mrow mi mo mn mtext mspace ms msub msup msubsup munder mover munderover mmultiscripts mprescripts none mfrac
    msqrt mroot mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose mfenced
    """,
    )
)
_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        """
    display displaystyle scriptlevel mathvariant mathsize stretchy fence form separator separators open close largeop
    movablelimits accent accentunder symmetric minsize maxsize lspace rspace linethickness notation width height depth
    voffset columnalign columnlines columnspacing rowalign rowlines rowspacing frame framespacing side
    """,
    )
)
"""What a formula is made of, and nothing that leads elsewhere, looks like another thing, or does something."""


def _mathml(element: ElementTree.Element) -> Markup:
    """The element rebuilt from what may stand in a formula. Raises ValueError for anything else."""
    name = element.tag.removeprefix(_MATHML)
    if name not in _ELEMENTS or not element.tag.startswith(_MATHML):
        raise ValueError(f"{element.tag} is no part of a formula")
    given = [(key, value) for key, value in element.items() if key in _ATTRIBUTES]
    if name == "math":
        given.insert(0, ("xmlns", _MATHML.strip("{}")))
    attributes = Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in given)
    inside = [_text(element.text)]
    for child in element:
        inside += [_mathml(child), _text(child.tail)]
    return Markup("<{0}{1}>{2}</{0}>").format(name, attributes, Markup("").join(inside))


def _text(words: str | None) -> str:
    return (words or "").translate(_SHOWN)
