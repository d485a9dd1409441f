"""Figures: how far the picture or table reaches that a caption names, and its crop.

The picture is all that lies between the caption and the next thing that is not part of it (text, heading, another
caption, the page's edge), trimmed to its ink. So nothing inside is cut, whether image, drawing or label.
"""

from __future__ import annotations

from collections import Counter

import pymupdf

from arxiv_gloss.papers.document import Box
from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.captions import Caption
from arxiv_gloss.papers.pdf.lines import Column, Line
from arxiv_gloss.papers.pdf.page import Page

_SCALE = 2.0
"""Pixels of a crop for each point."""
_MARGIN = 3.0
_NEAR = 45.0
"""Points; content further from a caption than this belongs to something else."""
_HOLE = 40.0
"""Points; white space in a table without rules that is higher than this ends it."""


def find_pictures(page: Page, captions: list[Caption], body: Body, above: dict[str, bool]) -> list[Box | None]:
    """The box of each caption's picture; `above` says on which side the paper's figures and tables mostly stand."""
    boxes: list[Box | None] = [None] * len(captions)
    order = sorted(range(len(captions)), key=lambda i: (captions[i].kind == "figure", captions[i].box[1]))
    for index in order:
        taken = [box for box in boxes if box] + [other.box for other in captions if other is not captions[index]]
        boxes[index] = _picture(page, captions[index], captions, body, above, taken)
    return boxes


def usual_sides(pages: list[Page], captions: list[Caption], body: Body) -> dict[str, bool]:
    """For each kind, whether its pictures stand above their captions: counted where only one side is possible."""
    votes: Counter[tuple[str, bool]] = Counter()
    by_number = {page.number: page for page in pages}
    for caption in captions:
        page = by_number[caption.page]
        here = [other for other in captions if other.page == caption.page]
        taken = [other.box for other in here if other is not caption]
        sides = [bool(_side(page, caption, here, body, taken, upward)) for upward in (True, False)]
        if sides[0] != sides[1]:
            votes[caption.kind, sides[0]] += 1
    return {
        kind: votes[kind, True] >= votes[kind, False] if kind == "figure" else votes[kind, True] > votes[kind, False]
        for kind in ("figure", "table", "algorithm")
    }


def crop(page: pymupdf.Page, box: Box) -> bytes:
    """The box as a PNG at two pixels a point."""
    picture = page.get_pixmap(matrix=pymupdf.Matrix(_SCALE, _SCALE), clip=pymupdf.Rect(box), alpha=False)
    return bytes(picture.tobytes("png"))


def _picture(
    page: Page, caption: Caption, captions: list[Caption], body: Body, above: dict[str, bool], taken: list[Box]
) -> Box | None:
    sides = [(upward, _side(page, caption, captions, body, taken, upward)) for upward in (True, False)]
    found = {upward: box for upward, box in sides if box}
    if not found:
        return None
    usual = above[caption.kind]
    return found.get(usual) or found[not usual]


def _side(
    page: Page, caption: Caption, captions: list[Caption], body: Body, taken: list[Box], upward: bool
) -> Box | None:
    """The picture on one side of a caption, or None when nothing near is one."""
    scope = _scope(page, caption, captions)
    start = caption.box[1] if upward else caption.box[3]
    floats_end = _nearest([page.top + 1 if upward else page.bottom - 1, *_edges(taken, scope, start, upward)], upward)
    ruled = _ruled(page, scope, start, floats_end, upward)
    if ruled and caption.kind == "figure" and _has_drawing(page, scope, min(start, ruled), max(start, ruled)):
        ruled = None  # its rules are the grid of a diagram, whose labels stand outside
    if ruled is None:
        lines = [line.box for line in page.lines if _is_text(line, page, body, caption)]
        end = _nearest([floats_end, *_edges(lines, scope, start, upward)], upward)
    else:
        end = ruled
    if abs(end - start) < 8:
        return None
    # Accents of the caption reach above its box.
    region = (scope.x0, min(start, end) + 0.5, scope.x1, max(start, end) - (1.5 if upward else 0.5))
    if ruled is None and not _has_content(page, region):
        return None
    if page.number == 1 and upward and ruled is None:
        region = _below_front_matter(page, region)
    ink = page.ink.bounds(region)
    if ink is None or (start - ink[3] if upward else ink[1] - start) > _NEAR or ink[3] - ink[1] < 8:
        return None
    if caption.kind != "figure":
        ink = _with_notes(page, ink, upward) if ruled else _without_hole(page, ink, upward)
    return (
        max(0.0, ink[0] - _MARGIN),
        max(min(start, end), ink[1] - _MARGIN),
        min(page.width, ink[2] + _MARGIN),
        min(max(start, floats_end if ruled else end), ink[3] + _MARGIN),
    )


def _scope(page: Page, caption: Caption, captions: list[Caption]) -> Column:
    """How far to the left and right a caption's picture may reach."""
    column = caption.column
    stamp = max((box[2] for box in page.turned if box[2] < 50 and box[3] - box[1] > 150), default=0.0)
    left, right = stamp + 4, page.width - 8
    if len(page.columns) > 1 and column in page.columns:
        middle = (page.columns[0].x1 + page.columns[1].x0) / 2
        left, right = (left, middle) if column == page.columns[0] else (middle, right)
    for other in captions:
        beside = other is not caption and other.box[1] < caption.box[3] and other.box[3] > caption.box[1]
        if beside and (other.column == column or len(page.columns) == 1):
            if other.box[0] >= caption.box[2]:
                right = min(right, (caption.box[2] + other.box[0]) / 2)
            elif other.box[2] <= caption.box[0]:
                left = max(left, (caption.box[0] + other.box[2]) / 2)
    for line in page.lines:
        beside_text = line.words >= 4 and caption.box[1] < line.baseline < caption.box[3]
        same_column = line.column == column or len(page.columns) == 1
        if beside_text and same_column and not any(line is each for each in caption.lines):
            if line.x0 >= caption.box[2]:
                right = min(right, line.x0 - 2)
            elif line.x1 <= caption.box[0]:
                left = max(left, line.x1 + 2)
    return Column(left, right)


def _nearest(heights: list[float], upward: bool) -> float:
    return max(heights) if upward else min(heights)


def _edges(boxes: list[Box], scope: Column, start: float, upward: bool) -> list[float]:
    """The near edges of the boxes that stand in a picture's way, seen from its caption."""
    crossing = [box for box in boxes if box[2] > scope.x0 + 1 and box[0] < scope.x1 - 1]
    if upward:
        return [box[3] for box in crossing if box[3] <= start + 2]
    return [box[1] for box in crossing if box[1] >= start - 2]


def _ruled(page: Page, scope: Column, start: float, limit: float, upward: bool) -> float | None:
    """Where the last of a table's rules lies, counted from its caption: rules of equal length that begin near it."""
    sign = -1 if upward else 1
    rules = [rule for rule in page.rules if rule[2] > scope.x0 and rule[0] < scope.x1]
    rules = [rule for rule in rules if sign * (rule[1] - start) + 3 >= 0 and sign * (limit - rule[1]) >= -1]
    rules.sort(key=lambda rule: sign * rule[1])
    if not rules or abs(rules[0][1] - start) > _NEAR:
        return None
    longest = max((rule for rule in rules if abs(rule[1] - start) < _NEAR), key=lambda rule: rule[2] - rule[0])
    group = [rule for rule in rules if abs(rule[0] - longest[0]) < 4 and abs(rule[2] - longest[2]) < 4]
    if abs(group[-1][1] - group[0][1]) < 8:
        return None
    return group[-1][1] + sign * 2


def _has_drawing(page: Page, scope: Column, top: float, bottom: float) -> bool:
    return any(
        box[2] - box[0] > 20 and box[3] - box[1] > 20 and box[2] > scope.x0 and box[0] < scope.x1
        for box in page.drawings
        if box[1] >= top - 2 and box[3] <= bottom + 2
    )


def _below_front_matter(page: Page, region: Box) -> Box:
    """On the first page title and authors may stand right above a figure, which begins with its highest drawing."""
    within = [box for box in page.drawings if box[0] < region[2] and box[2] > region[0] and box[1] >= region[1]]
    tops = [box[1] for box in within if box[1] < region[3]]
    return (region[0], max(region[1], min(tops) - _MARGIN), region[2], region[3]) if tops else region


def _is_text(line: Line, page: Page, body: Body, caption: Caption) -> bool:
    """Whether a line is running text or a heading, and no label or cell."""
    if any(line is each for each in caption.lines) or line.column is None:
        return False
    if _inside_drawing(line, page):
        return False
    indent = line.x0 - line.column.x0
    if line.size > 1.12 * body.size and line.words >= 1 and abs(indent) < 2 * body.size:
        return True
    if abs(line.size - body.size) > 0.06 * body.size:
        return False
    if line.words >= 5 and line.width > 0.6 * line.column.width and line.font in body.fonts:
        return True
    # The short last line of a paragraph, or a heading.
    return line.words >= 1 and abs(indent) < 1.5 and (line.font in body.fonts or line.share("bold") > 0.9)


def _inside_drawing(line: Line, page: Page) -> bool:
    middle, height = (line.x0 + line.x1) / 2, line.baseline - 0.3 * line.size
    return any(box[0] < middle < box[2] and box[1] < height < box[3] for box in page.large_drawings)


def _has_content(page: Page, region: Box) -> bool:
    """Whether there is more than white and stray signs: a drawing, a rule, or cells of a table."""

    def inside(box: Box) -> bool:
        return box[0] < region[2] and box[2] > region[0] and box[1] >= region[1] - 4 and box[3] <= region[3] + 4

    if any(inside(box) for box in (*page.drawings, *page.rules)):
        return True
    return sum(inside(line.box) for line in page.lines) >= 3


def _with_notes(page: Page, box: Box, upward: bool) -> Box:
    """A line or two of small print that hang directly under the last rule are the table's notes."""
    trimmed = page.ink.bounds(box) or box
    if upward:
        return trimmed
    bottom = trimmed[3]
    for line in sorted(page.lines, key=lambda each: each.baseline):
        if line.x0 >= trimmed[0] - 3 and line.x1 <= trimmed[2] + 3 and 0 < line.top - bottom < 0.6 * line.size:
            bottom = line.bottom
    return (trimmed[0], trimmed[1], trimmed[2], bottom)


def _without_hole(page: Page, ink: Box, upward: bool) -> Box:
    """Cuts the box at the first white band that is too high to lie inside a table."""
    step = 4.0
    white = 0.0
    height = ink[3] if upward else ink[1]
    while ink[1] < height < ink[3] or white == 0.0:
        low, high = (height - step, height) if upward else (height, height + step)
        if low < ink[1] or high > ink[3]:
            return ink
        white = 0.0 if page.ink.bounds((ink[0], low, ink[2], high - 1)) else white + step
        height = low if upward else high
        if white > _HOLE:
            cut = (ink[0], high, ink[2], ink[3]) if upward else (ink[0], ink[1], ink[2], low)
            return page.ink.bounds(cut) or ink
    return ink
