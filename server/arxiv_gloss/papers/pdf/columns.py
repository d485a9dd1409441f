"""Columns: how many a page has, which line belongs to which, and in what order a reader takes them."""

from __future__ import annotations

from arxiv_gloss.papers.pdf.labels import label_of
from arxiv_gloss.papers.pdf.lines import Column, Line, join
from arxiv_gloss.papers.pdf.page import Page

_LONG = 15
"""Letters; shorter pieces (cells, formulas, page numbers) say nothing about columns."""


def set_columns(pages: list[Page]) -> None:
    """Finds the columns of every page; a page with little text takes those of the page before."""
    found = [_columns(page) for page in pages]
    known = [columns for columns in found if columns]
    latest = known[0] if known else None
    for page, columns in zip(pages, found, strict=True):
        latest = columns or latest
        page.columns = latest or [Column(0.0, page.width)]


def _columns(page: Page) -> list[Column] | None:
    long = [line for line in page.lines if line.letters >= _LONG]
    if len(long) < 6:
        return None
    gutter = _gutter(long, page.width)
    if gutter is None:
        return [_edges(long)]
    return [_edges([line for line in long if line.x1 <= gutter]), _edges([line for line in long if line.x0 >= gutter])]


def _gutter(long: list[Line], width: float) -> float | None:
    """The x that fewest long lines cross, if enough of them stand on either side of it."""
    best: tuple[float, float, float] | None = None
    for x in range(round(0.35 * width), round(0.65 * width)):
        crossing = sum(line.x0 < x < line.x1 for line in long)
        off_centre = abs(x - width / 2)
        if best is None or (crossing, off_centre) < best[:2]:
            best = (crossing, off_centre, float(x))
    assert best is not None, "a page has a width"
    crossings, _, gutter = best
    left = [line for line in long if line.x1 <= gutter]
    right = [line for line in long if line.x0 >= gutter]
    fewer, count = min(left, right, key=len), len(left) + len(right)
    if crossings > 0.5 * count or not fewer:
        return None
    if len(fewer) >= max(3, 0.12 * count) or (
        _is_column(max(left, right, key=len), width) and _is_column(fewer, width)
    ):
        return gutter
    return None


def _is_column(lines: list[Line], width: float) -> bool:
    """Whether lines fill a column between them, though it may end after two: alike on the left, most of them wide."""
    edge = min(line.x0 for line in lines)
    flush = [line for line in lines if line.x0 - edge < 3 * line.size and line.width > 0.3 * width]
    return len(flush) >= 0.5 * len(lines)


def _edges(lines: list[Line]) -> Column:
    """Edges that all but the outermost twentieth of the lines keep."""
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    return Column(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20])


def set_rows(page: Page) -> None:
    """Puts every line of a page into its column, and pieces of one line together."""
    for line in page.lines:
        line.column = _column_of(line, page)
    if len(page.columns) > 1:
        _widen(page)
    else:
        _set_side_captions(page)
    rows: list[Line] = []
    for column in {line.column: None for line in page.lines}:
        rows.extend(_rows([line for line in page.lines if line.column == column]))
    page.lines = rows


def _column_of(line: Line, page: Page) -> Column:
    if len(page.columns) == 1:
        return page.columns[0]
    left, right = page.columns
    if line.x0 < left.x1 - line.size and line.x1 > right.x0 + line.size:
        return page.whole
    middle = (left.x1 + right.x0) / 2
    return left if (line.x0 + line.x1) / 2 < middle else right


def _widen(page: Page) -> None:
    """Gives the pieces of lines that span both columns to them, until no more are found."""
    whole = page.whole
    gutter = page.columns[1].x0 - page.columns[0].x1
    changed = True
    while changed:
        changed = False
        for line in page.lines:
            if line.column != whole and _is_piece_of_wide_line(line, page, gutter):
                line.column = whole
                changed = True


def _set_side_captions(page: Page) -> None:
    """Gives captions that stand beside text (of a wrapped figure, of two figures in a row) columns of their own."""
    for first in [line for line in page.lines if label_of(line.text)]:
        beside = [other for other in page.lines if other.column == first.column and _stands_beside(other, first)]
        if not beside:
            continue
        chain = [first]
        for line in sorted(page.lines, key=lambda each: each.baseline):
            step = line.baseline - chain[-1].baseline
            under = first.x0 - 3 <= line.x0 < first.x1 and abs(line.size - first.size) < 0.4
            if under and 0.5 * first.size < step <= 1.5 * first.size and line.column == first.column:
                chain.append(line)
        column = Column(min(line.x0 for line in chain), max(line.x1 for line in chain))
        for line in chain:
            line.column = column


def _stands_beside(line: Line, other: Line) -> bool:
    # A word space is narrower: what follows closely goes on with the caption's own line.
    apart = line.x0 - other.x1 > 1.1 * other.size or line.x1 <= other.x0
    return apart and line.words >= 3 and line is not other and line.overlap(other) > 0.3


def _is_piece_of_wide_line(line: Line, page: Page, gutter: float) -> bool:
    """Whether it stands beside a wide line's piece, reaches across the gutter, or lies between two wide lines."""
    above = below = False
    for other in page.lines:
        if other is line or abs(other.baseline - line.baseline) > 1.6 * line.size:
            continue
        wide = other.column == page.whole
        gap = max(other.x0 - line.x1, line.x0 - other.x1)
        if abs(line.baseline - other.baseline) < 0.3 * other.size:
            if gap < (2.5 * other.size if wide else 0.6 * gutter) and (wide or other.column != line.column):
                return True
        elif wide and other.size == line.size:
            above |= other.baseline < line.baseline
            below |= other.baseline > line.baseline
    return above and below


def _rows(pieces: list[Line]) -> list[Line]:
    """Pieces of one column, those on one height joined: words first, then the signs above and below them."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda line: (-min(line.words, 1), -line.size, line.baseline)):
        needed = 0.55 if piece.words else 0.3
        fitting = [(piece.overlap(row[0]), index) for index, row in enumerate(rows) if _fits(piece, row)]
        best = max(fitting, default=(0.0, -1))
        if best[0] >= needed:
            rows[best[1]].append(piece)
        else:
            rows.append([piece])
    joined = [join(row) for row in rows]
    return sorted(joined, key=lambda line: (line.baseline, line.x0))


def _fits(piece: Line, row: list[Line]) -> bool:
    """Whether the piece can stand in the row: it lies on no other piece, and not far from the nearest."""
    overlap = max(min(piece.x1, other.x1) - max(piece.x0, other.x0) for other in row)
    if overlap < -3 * max(piece.size, row[0].size):
        return False
    return overlap < 0.5 * piece.width + piece.size or piece.width < 2 * piece.size


def in_reading_order(page: Page) -> list[Line]:
    """The lines of a page: band by band between lines that span both columns, in each the left column first."""
    if len(page.columns) == 1:
        return sorted(page.lines, key=lambda line: (line.baseline, line.x0))
    left, right = page.columns
    spanning = sorted((line for line in page.lines if _spans(line, page)), key=lambda line: line.baseline)
    rest = [line for line in page.lines if not any(line is other for other in spanning)]
    ordered: list[Line] = []
    for limit in [*(line.baseline for line in spanning), float("inf")]:
        band = [line for line in rest if line.baseline < limit]
        rest = [line for line in rest if line.baseline >= limit]
        ordered.extend(sorted((ln for ln in band if _side(ln, left, right) == 0), key=lambda ln: ln.baseline))
        ordered.extend(sorted((ln for ln in band if _side(ln, left, right) == 1), key=lambda ln: ln.baseline))
        if spanning:
            ordered.append(spanning.pop(0))
    return ordered


def _side(line: Line, left: Column, right: Column) -> int:
    return 0 if (line.x0 + line.x1) / 2 < (left.x1 + right.x0) / 2 else 1


def _spans(line: Line, page: Page) -> bool:
    """Whether a wide line parts the page; a formula that sticks out of its column has the other's text beside it."""
    if line.column != page.whole:
        return False
    beside = [other for other in page.lines if other is not line and other.column != page.whole and other.words >= 3]
    return not any(line.overlap(other) > 0.5 for other in beside)
