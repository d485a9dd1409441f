"""A tree of an HTML page, as small as reading arXiv's own pages needs: elements, attributes, text.

selectolax parses the page as browsers do, missing and stray tags included. What a reader cannot see is no text.
Formulas become TeX between dollar signs (`mathml.py`), and so does raised and lowered text (`scripts.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from arxiv_gloss.papers.mathml import TYPESET, is_typeset, tex_of
from arxiv_gloss.papers.scripts import Piece, joined_pieces

_SILENT = frozenset(("script", "style", "template", "noscript", "head"))
_SPACE = re.compile(r"[ \t\r\f\n\u00a0]+")
_HIDDEN = re.compile(
    r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)"
    r"|opacity\s{0,9}:\s{0,9}0?\.?0{0,9}\s{0,9}(?:;|$|!)"
    r"|font-size\s{0,9}:\s{0,9}(?:0?\.?0{0,9}(?:[a-z%]{0,4})|\d(?:\.\d{0,9})?%|0?\.[0-2]\d{0,9}(?:r?em)"
    r"|(?:[0-2]|0?\.\d{1,9})(?:\.\d{0,9})?(?:px|pt))\s{0,9}(?:;|$|!))",
    re.I,
)
"""Styles that show nothing, or letters that nobody can read."""
_WHITE = re.compile(
    r"(?:^|;)\s{0,9}color\s{0,9}:\s{0,9}(?:#fff(?:fff)?(?![0-9a-f])|white|transparent"
    r"|rgba?\(\s{0,9}255[\s,]{1,9}255[\s,]{1,9}255|rgba\([^()]{0,40},\s{0,9}0?\.?0{1,9}\s{0,9}\))",
    re.I,
)
"""Text in the colour of the page; over a background of its own it can be read."""
_UNSEEN = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")


@dataclass(eq=False, slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def hidden(self) -> bool:
        """Whether a browser shows nothing of it."""
        style = self.attributes.get("style", "")
        white = "background" not in style and _WHITE.search(style)
        return "hidden" in self.attributes or bool(white or _HIDDEN.search(style))

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        pending = [self]
        while pending:
            element = pending.pop()
            yield element
            pending.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def find_all(self, tag: str = "", name: str = "") -> Iterator[Element]:
        """All elements below with this tag and this class, each if given."""
        for element in self.walk():
            matches = (not tag or element.tag == tag) and (not name or name in element.classes)
            if element is not self and matches:
                yield element

    def find(self, tag: str = "", name: str = "") -> Element | None:
        return next(self.find_all(tag, name), None)

    def text(self, without: frozenset[str] = frozenset()) -> str:
        """Its text in one line, `<br>` as a line break; elements with a class in `without` are left out."""
        return tidy(joined_pieces(self._pieces(without)))

    def _pieces(self, without: frozenset[str]) -> Iterator[Piece]:
        pending: list[Element | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                yield Piece("text", _SPACE.sub(" ", _UNSEEN.sub("", node)))
            elif node.tag == "br":
                yield Piece("text", "\n")
            elif (tex := tex_of(node)) is not None:
                yield Piece("formula", tex)
            elif node.classes & without or (node is not self and (node.hidden or node.tag in _SILENT)):
                continue
            elif node.tag in ("sup", "sub") and node is not self:
                elsewhere = any(node.find(tag) for tag in ("cite", "a"))
                yield Piece(node.tag, node.text(without), elsewhere)
            else:
                pending.extend(_without_doubles(node))


def _without_doubles(parent: Element) -> Iterator[Element | str]:
    """Its children, the last one first, without what MathJax shows of a formula whose TeX is in a script behind it."""
    tex_follows = False
    for child in reversed(parent.children):
        if isinstance(child, str):
            yield child
            continue
        if not is_typeset(child) or not (tex_follows or "MathJax_Preview" in child.classes):
            yield child
        if child.tag == "script" and child.attributes.get("type", "").startswith("math/tex"):
            tex_follows = True
        elif not TYPESET & child.classes:
            tex_follows = False


def tidy(text: str) -> str:
    """Single spaces, none at the ends of lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def parse(html: str) -> Element:
    """The page as a tree under an element `#page`."""
    page = Element("#page", {})
    root = LexborHTMLParser(html).root
    pending: list[tuple[LexborNode, Element]] = [(root, page)] if root is not None else []
    while pending:
        node, parent = pending.pop()
        if node.is_text_node:
            parent.children.append(node.text_content or "")
        elif node.is_element_node:
            element = Element(node.tag or "", {name: value or "" for name, value in node.attributes.items()})
            parent.children.append(element)
            pending.extend((child, element) for child in reversed(list(node.iter(include_text=True))))
    return page
