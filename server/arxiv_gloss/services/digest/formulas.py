"""Texts with TeX in them as HTML: formulas become MathML, addresses links, all else is escaped."""

from __future__ import annotations

from functools import lru_cache

from latex2mathml.converter import convert
from markupsafe import Markup

from arxiv_gloss.text.protected import protected

_READABLE = (("``", "“"), ("''", "”"), (r"\%", "%"), (r"\&", "&"), (r"\#", "#"), (r"\_", "_"))


def html(text: str) -> Markup:
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
    """MathML; the TeX itself where it makes no sense to the converter."""
    tex = written.strip("$") if written.startswith("$") else written[2:-2]
    try:
        return Markup(convert(tex.strip()))
    except Exception:  # the library raises whatever it stumbles over
        return Markup("<code>{}</code>").format(written)
