"""A tree of an HTML page, as small as reading arXiv's own pages needs: elements, attributes, text.

Formulas become TeX between dollar signs: from MathML's `alttext`, and where a page was saved after MathJax set it,
from the script that MathJax leaves beside each formula.

Made with the standard library's tokenizer. It forgives what browsers forgive on these pages (missing end tags of list
items, cells and paragraphs, stray end tags), and walks without recursion, so that depth can not break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_SILENT = frozenset(("script", "style", "template", "noscript"))
_TYPESET = frozenset(("MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML"))
"""What MathJax shows; the same formula's TeX stands beside it."""
_ENDED_BY: dict[str, frozenset[str]] = {
    "dt": frozenset(("dt", "dd", "p")),
    "dd": frozenset(("dt", "dd", "p")),
    "li": frozenset(("li", "p")),
    "p": frozenset(("p",)),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""For each start tag the open elements that it ends."""
_SPACE = re.compile(r"[ \t\r\f\n\u00a0]+")


@dataclass(eq=False, slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

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
        pieces: list[str] = []
        pending: list[Element | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                pieces.append(_SPACE.sub(" ", node))
            elif node.tag == "br":
                pieces.append("\n")
            elif node.tag == "math" and "alttext" in node.attributes:
                pieces.append(f"${_tex(node.attributes['alttext'])}$")
            elif node.tag == "script" and node.attributes.get("type", "").startswith("math/tex"):
                pieces.append(f"${_tex(''.join(child for child in node.children if isinstance(child, str)))}$")
            elif node.tag not in _SILENT and not node.classes & (without | _TYPESET):
                pending.extend(reversed(node.children))
        return tidy("".join(pieces))


def _tex(text: str) -> str:
    return " ".join(text.replace("$", "").replace("\\displaystyle", "").replace("%\n", "").split())


def tidy(text: str) -> str:
    """Single spaces, none at the ends of lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def parse(html: str) -> Element:
    """The page as a tree under an element `#page`."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.page


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Element("#page", {})
        self._open = [self.page]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        while self._open[-1].tag in _ENDED_BY.get(tag, ()):
            self._open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
