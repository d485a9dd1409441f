"""Raw layout of one page: lines, rules and pictures, uninterpreted."""

from __future__ import annotations

from dataclasses import dataclass, field

import pymupdf

from arxiv_gloss.papers.document import Box
from arxiv_gloss.papers.pdf.ink import Ink
from arxiv_gloss.papers.pdf.lines import Column, Line, Text, read_lines
from arxiv_gloss.papers.pdf.upright import set_upright, upright_page

_RULE_HEIGHT = 2.0
_BACKGROUND = 0.8
"""A drawing that covers more than this share of the page is its background."""
_SCANNED = 0.5
"""Share of a page that pictures cover, from which on it is a scan; the margins of some are cut off."""
_MOSTLY = 4
"""Times as many characters must run in another direction as upright before a page is turned."""


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
    garbled: bool = False
    """Some of its lines were left out, because a font's letters are not those that are printed."""
    doubtful: list[Line] = field(default_factory=list)
    """Lines that are garbled where the paper has such pages."""
    recognised: bool = False
    """Its text was made by text recognition."""
    scanned: bool = False
    """A picture covers most of it."""

    @property
    def whole(self) -> Column:
        """All columns as one, for what spans them."""
        return Column(self.columns[0].x0, self.columns[-1].x1)


def read_page(document: pymupdf.Document, number: int) -> Page:
    """Page `number`, from 0."""
    page = upright_page(document, number)
    text, ink, scanned = _text(page)
    if text.turned:
        direction = max(text.turned, key=lambda turned: turned[2])[0]
        turned = sum(of for way, _, of in text.turned if way == direction)
        if turned > _MOSTLY * sum(len(line.text) for line in text.lines) and set_upright(page, direction):
            text, ink, scanned = _text(page)
    rules, drawings = _graphics(page)
    large = [box for box in drawings if box[2] - box[0] > 60 and box[3] - box[1] > 40]
    return Page(
        number + 1,
        page.rect.width,
        page.rect.height,
        ink,
        text.lines,
        [box for _, box, _ in text.turned],
        rules,
        drawings,
        large,
        bottom=page.rect.height,
        garbled=text.garbled,
        doubtful=text.doubtful,
        recognised=text.recognised,
        scanned=scanned,
    )


def _text(page: pymupdf.Page) -> tuple[Text, Ink, bool]:
    ink, (scanned, over) = Ink(page), _pictures(page)
    text = read_lines(page, page.number + 1, ink, scanned)
    text.recognised |= over and bool(text.lines)
    return text, ink, scanned


def _pictures(page: pymupdf.Page) -> tuple[bool, bool]:
    """Whether pictures cover most of the page, in one piece or in strips, and whether they lie over all its text."""
    sheet = page.rect
    covered = 0.0
    first = last_text = -1
    for index, (kind, bounds) in enumerate(page.get_bboxlog()):
        if "image" in kind or "imgmask" in kind:
            box = pymupdf.Rect(bounds) & sheet
            covered += 0.0 if box.is_empty else box.width * box.height
            first = index if first < 0 else first
        elif "text" in kind:
            last_text = index
    scanned = bool(covered > _SCANNED * sheet.width * sheet.height)
    return scanned, scanned and first > last_text


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
