"""One page as it lies on the table: its lines, rules and pictures, before anybody reads them."""

from __future__ import annotations

from dataclasses import dataclass, field

import pymupdf

from arxiv_gloss.papers.document import Box
from arxiv_gloss.papers.pdf.ink import Ink
from arxiv_gloss.papers.pdf.lines import Column, Line, read_lines

_RULE_HEIGHT = 2.0
_BACKGROUND = 0.8
"""A drawing that covers more than this share of the page is its background."""


@dataclass(slots=True)
class Page:
    number: int
    width: float
    height: float
    ink: Ink
    lines: list[Line]
    turned: list[Box]
    """Boxes of text that does not run from left to right: axis labels, the arXiv stamp."""
    rules: list[Box]
    """Thin horizontal lines, at least 20 points long."""
    drawings: list[Box]
    """Pictures and all other vector graphics."""
    large_drawings: list[Box]
    """Those that can hold lines of text."""
    columns: list[Column] = field(default_factory=list)
    """One, or the left and the right one."""
    top: float = 0.0
    bottom: float = 0.0
    """Where the text begins and ends, header and footer left out."""

    @property
    def whole(self) -> Column:
        """All columns as one, for what spans them."""
        return Column(self.columns[0].x0, self.columns[-1].x1)


def read_page(page: pymupdf.Page) -> Page:
    ink = Ink(page)
    number = page.number + 1
    lines, turned = read_lines(page, number, ink)
    rules, drawings = _graphics(page)
    large = [box for box in drawings if box[2] - box[0] > 60 and box[3] - box[1] > 40]
    width, height = page.rect.width, page.rect.height
    return Page(number, width, height, ink, lines, turned, rules, drawings, large, bottom=height)


def _graphics(page: pymupdf.Page) -> tuple[list[Box], list[Box]]:
    rules: list[Box] = []
    drawings: list[Box] = []
    sheet = page.rect
    for kind, bounds in page.get_bboxlog():
        if "text" in kind:
            continue
        box = pymupdf.Rect(bounds) & sheet
        if box.is_empty and not (box.width > 0 or box.height > 0):
            continue
        if box.height <= _RULE_HEIGHT and box.width >= 20:
            rules.append(tuple(box))
        elif box.width * box.height < _BACKGROUND * sheet.width * sheet.height:
            drawings.append(tuple(box))
    return rules, drawings
