"""Formulas of a page as TeX: from MathML's own TeX, from what MathJax or KaTeX left, at worst from what they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

TYPESET = frozenset(("MathJax", "MathJax_Preview", "MathJax_Display", "MathJax_SVG", "MathJax_CHTML", "katex"))
"""Classes of what MathJax and KaTeX show."""
UNREADABLE = "…"
"""Stands for a formula of which a page kept nothing but its picture."""
_DEEPEST = 40
"""Levels of MathML; deeper ones are read as their signs alone."""


class Node(Protocol):
    """An element of a page (`markup.Element`)."""

    @property
    def tag(self) -> str: ...
    @property
    def attributes(self) -> Mapping[str, str]: ...
    @property
    def children(self) -> Sequence[Node | str]: ...
    @property
    def classes(self) -> frozenset[str]: ...


def is_typeset(node: Node) -> bool:
    """Whether it is the picture of a formula that a script drew."""
    return node.tag == "mjx-container" or bool(node.classes & TYPESET)


def tex_of(node: Node) -> str | None:
    """The TeX of a formula; None for an element that is none, empty for one that shows nothing."""
    if node.tag == "script":
        return _tidy(_signs(node)) if node.attributes.get("type", "").startswith("math/tex") else None
    if node.tag == "math":
        return _tidy(node.attributes.get("alttext") or _annotation(node) or _written(node, 0))
    if not is_typeset(node):
        return None
    if "MathJax_Preview" in node.classes:
        return ""
    inner = next((each for each in _below(node) if each.tag == "math"), None)
    if inner is not None:
        return tex_of(inner)
    given = next((each.attributes["data-mathml"] for each in _all(node) if "data-mathml" in each.attributes), None)
    if given is not None:
        return _of_markup(given)
    return _tidy(_signs(node)) or UNREADABLE


def _of_markup(mathml: str) -> str:
    """The TeX of MathML that stands in an attribute."""
    from arxiv_gloss.papers.markup import parse

    found = parse(mathml).find("math")
    return (tex_of(found) if found is not None else None) or UNREADABLE


def _annotation(node: Node) -> str:
    for each in _below(node):
        if each.tag == "annotation" and "tex" in each.attributes.get("encoding", "").lower():
            return _signs(each)
    return ""


def _written(node: Node, depth: int) -> str:
    """MathML as TeX (https://www.w3.org/TR/mathml-core/): fractions, roots, scripts; all else as its signs."""
    if depth > _DEEPEST:
        return _signs(node)
    parts = [
        _written(child, depth + 1)
        for child in node.children
        if not isinstance(child, str) and child.tag not in ("annotation", "annotation-xml")
    ]
    match node.tag, parts:
        case "msup" | "mover", [base, above]:
            return f"{base}^{{{above}}}"
        case "msub" | "munder", [base, below]:
            return f"{base}_{{{below}}}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{base}_{{{below}}}^{{{above}}}"
        case "mfrac", [above, below]:
            return f"\\frac{{{above}}}{{{below}}}"
        case "msqrt", _:
            return f"\\sqrt{{{' '.join(parts)}}}"
        case "mroot", [base, degree]:
            return f"\\sqrt[{degree}]{{{base}}}"
        case "mtext", _:
            return f"\\text{{{_signs(node)}}}"
    return " ".join(part for part in parts if part) if parts else _signs(node).strip()


def _signs(node: Node) -> str:
    """All text below an element, whatever it is."""
    pieces: list[str] = []
    pending: list[Node | str] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, str):
            pieces.append(each)
        else:
            pending.extend(reversed(each.children))
    return "".join(pieces)


def _all(node: Node) -> Iterator[Node]:
    pending: list[Node] = [node]
    while pending:
        each = pending.pop()
        yield each
        pending.extend(child for child in reversed(each.children) if not isinstance(child, str))


def _below(node: Node) -> Iterator[Node]:
    for each in _all(node):
        if each is not node:
            yield each


def _tidy(tex: str) -> str:
    return " ".join(tex.replace("$", "").replace("\\displaystyle", "").replace("%\n", "").split())
