"""Running text that stands among the front matter of a first page, though it is the paper's own text."""

from __future__ import annotations

import re

from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.lines import Column, Line
from arxiv_gloss.papers.pdf.page import Page

_SMALL_WORDS = re.compile(
    r"\b(?:the|is|are|was|were|we|that|this|these|which|with|our|has|have|been|be|by|it|its|from|can|not)\b"
)
"""Words of sentences, which lists of names and institutions lack."""
FEWEST_WORDS = 25


def text_beside(lines: list[Line], limit: float, column: Column | None, page: Page, body: Body) -> set[int]:
    """Ids of the lines above the height `limit` that belong to text in another column than the one that ends there.

    Columns of text need not begin at one height: what leads without a break into text below the limit is text.
    """
    if column is None or column == page.whole:
        return set()
    found: set[int] = set()
    for other in page.columns:
        if other != column:
            in_it = sorted((line for line in lines if line.column == other), key=lambda line: -line.baseline)
            below = [line for line in in_it if line.baseline >= limit - 1]
            last = below[-1] if below else None
            for line in in_it[len(below) :]:
                if last is None or not _leads_on(line, last, body):
                    break
                found.add(id(line))
                last = line
    return found


def _leads_on(upper: Line, lower: Line, body: Body) -> bool:
    """Whether two lines follow each other in one text: close together, set alike and flush, or a heading and text."""
    assert upper.column is not None, "columns are set before the front is read"
    step = lower.baseline - upper.baseline
    flush = upper.x0 - upper.column.x0 < 2.5 * body.size
    if abs(upper.size - body.size) < 0.6:
        heading = upper.share("bold") > 0.75
        return flush and step < (3.2 if heading or lower.share("bold") > 0.75 else 1.9) * body.leading
    return (
        flush
        and upper.size < 1.5 * body.size
        and bool(re.match(r"[\dIVX]{1,9}\.? ", upper.text))
        and step < 3.2 * body.leading
    )


def prose_among(lines: list[Line], body: Body, fewest: int = FEWEST_WORDS) -> set[int]:
    """Ids of the lines, of those given, that make paragraphs of sentences with at least `fewest` words."""
    found: set[int] = set()
    for run in _runs(lines, body):
        text = " ".join(line.text for line in run)
        words = sum(line.words for line in run)
        if words >= fewest and len(_SMALL_WORDS.findall(text)) >= words / 15 and re.search(r"[.!?]['”)]*$", text):
            found.update(id(line) for line in run)
    return found


def _runs(lines: list[Line], body: Body) -> list[list[Line]]:
    """Neighbouring lines of one column and size."""
    runs: list[list[Line]] = []
    for line in sorted(
        lines, key=lambda each: (each.column is None, each.x0 if each.column is None else each.column.x0, each.baseline)
    ):
        last = runs[-1][-1] if runs else None
        if (
            last is None
            or line.column != last.column
            or abs(line.size - last.size) > 0.4
            or line.baseline - last.baseline > 1.7 * body.leading
        ):
            runs.append([])
        runs[-1].append(line)
    return runs
