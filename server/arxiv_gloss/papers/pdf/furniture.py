"""What is printed on every page and belongs to none: headers, footers, page numbers, line numbers."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from arxiv_gloss.papers.pdf.lines import Line
from arxiv_gloss.papers.pdf.page import Page

_MARGIN = 0.13
"""Share of the page's height, at top and bottom, in which headers and footers stand."""
_EDGE = 0.035
_PAGE_NUMBER = re.compile(r"(?:page )?[-–— ]{0,9}(?:[A-Z]?\d{1,4}|[ivxl]{1,6})[-–— ]{0,9}(?:(?: of |/)\d{1,9})?")
_NOTICE = re.compile(
    r"(?:Preprint|Under review|Published as|Accepted (?:to|for|at|by)|Proceedings of|To appear in|Submitted to"
    r"|\d{1,4}(?:st|nd|rd|th) Conference|Draft (?:version|of)|Version \w{1,30} \d|arXiv:|Copyright|©|Typeset using)",
    re.IGNORECASE,
)

_LEFT_OUT = re.compile(r'This figure ".*" is available in')
"""arXiv adds such a page for each picture that it could not set."""


def remove_furniture(pages: list[Page]) -> None:
    """Takes headers, footers, page and line numbers out of all pages, and sets where the text begins and ends."""
    repeated = _repeated(pages)
    running = _running_heights(pages)
    for page in pages:
        page.lines = _without_line_numbers(page.lines)
        for outward in (-1, 1):
            _peel(page, outward, repeated, running)
        if any(_LEFT_OUT.match(line.text) for line in page.lines):
            page.lines = []
    _remove_notices(pages)


def _repeated(pages: list[Page]) -> set[tuple[str, int]]:
    """Texts (digits as #) that stand at the same height in the margins of many pages: left and right ones differ."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_place(line) for line in page.lines if _in_margin(line, page)})
    needed = 2 if len(pages) <= 5 else max(3, round(0.4 * len(pages)))
    return {place for place, count in seen.items() if count >= needed}


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.lower()), round(line.baseline / 4)


def _in_margin(line: Line, page: Page) -> bool:
    return line.baseline < _MARGIN * page.height or line.baseline > (1 - _MARGIN) * page.height


def _running_heights(pages: list[Page]) -> set[int]:
    """Heights at which most pages have an outermost row of its own: a running head, whatever it says."""
    seen: Counter[int] = Counter()
    for page in pages:
        for outward in (-1, 1):
            outermost, rest = _outermost(page, outward)
            if outermost and rest:
                gap = min(abs(line.baseline - outermost[0].baseline) for line in rest)
                if gap > 1.8 * max(line.size for line in outermost) and _in_margin(outermost[0], page):
                    seen[round(outermost[0].baseline / 4)] += 1
    return {height for height, count in seen.items() if count >= max(3, round(0.6 * len(pages)))}


def _outermost(page: Page, outward: int) -> tuple[list[Line], list[Line]]:
    """The lines of the highest (outward -1) or lowest (outward 1) row, and all others."""
    if not page.lines:
        return [], []
    edge = max(outward * line.baseline for line in page.lines)
    row = [line for line in page.lines if edge - outward * line.baseline < 3]
    return row, [line for line in page.lines if line not in row]


def _at_the_edge(line: Line, page: Page) -> bool:
    """Stamps of libraries and printers stand where no text is ever set."""
    return line.baseline < _EDGE * page.height or line.baseline > (1 - _EDGE) * page.height


def _peel(page: Page, outward: int, repeated: set[tuple[str, int]], running: set[int]) -> None:
    """Takes rows of furniture off one end of the page until a row has none."""

    def is_furniture(line: Line) -> bool:
        text, height = _place(line)
        near = (height - 1, height, height + 1)
        return (
            any((text, each) in repeated for each in near)
            or any(each in running for each in near)
            or bool(_PAGE_NUMBER.fullmatch(line.text))
            or _at_the_edge(line, page)
        )

    while True:
        row, rest = _outermost(page, outward)
        if not row or not _in_margin(row[0], page) or not all(is_furniture(line) for line in row):
            return
        if outward < 0:
            page.top = max(line.bottom for line in row)
        else:
            page.bottom = min(line.top for line in row)
        page.lines = rest


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """Drops the numbers that journals print beside every line or every fifth: a rising column outside the text."""
    numbers = [line for line in lines if line.text.isdecimal()]
    text = [line for line in lines if line.words >= 3]
    if len(numbers) < 5 or not text:
        return lines
    left, right = min(line.x0 for line in text), max(line.x1 for line in text)
    dropped: set[int] = set()
    for beside in ([n for n in numbers if n.x1 < left], [n for n in numbers if n.x0 > right]):
        beside.sort(key=lambda line: line.baseline)
        values = [int(line.text) for line in beside]
        if len(values) >= 5 and all(a < b for a, b in pairwise(values)):
            dropped.update(id(line) for line in beside)
    return [line for line in lines if id(line) not in dropped]


def _remove_notices(pages: list[Page]) -> None:
    """Takes the conference's and publisher's notices from the foot and report numbers from the head of page 1."""
    if not pages:
        return
    first, others = pages[0], pages[1:]
    tops = [min(line.top for line in page.lines) for page in others if page.lines]
    bottoms = [max(line.bottom for line in page.lines) for page in others if page.lines]
    ceiling = min(tops) if len(tops) > 1 else 0.0
    floor = max(bottoms) if len(bottoms) > 1 else first.height

    def is_notice(line: Line) -> bool:
        if not _in_margin(line, first):
            return False
        if line.baseline > first.height / 2 and _NOTICE.match(line.text):
            return True
        return line.top > floor + line.size or (line.bottom < ceiling - line.size and line.words <= 3)

    notices = [line for line in first.lines if is_notice(line)]
    first.lines = [line for line in first.lines if not is_notice(line)]
    first.bottom = min([first.bottom, *(line.top for line in notices if line.baseline > first.height / 2)])
