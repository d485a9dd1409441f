"""The bibliography: its lines parted into entries."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from arxiv_gloss.papers.pdf.lines import Line
from arxiv_gloss.papers.pdf.paragraphs import Joiner

_LABEL = re.compile(r"\[[\w+.-]{1,12}\]|\(?\d{1,3}[.)](?=\s|$)")
_NAME_LABEL = re.compile(r"\[[A-Z][\w+.-]{1,11}\]")


def entries(lines: list[Line], joiner: Joiner) -> list[str]:
    """One text for each entry: parted at labels, else at lines that hang out, else at white space."""
    lines = [line for line in lines if line.text]
    labelled = sum(bool(_LABEL.match(line.text)) for line in lines)
    steps = [b.baseline - a.baseline for a, b in pairwise(lines) if b.baseline > a.baseline]
    usual = median(steps) if steps else 0.0
    expected = 1
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        if labelled >= 3:
            number = _number(line.text)
            begins = number == expected if number is not None else bool(_NAME_LABEL.match(line.text))
            expected = number + 1 if begins and number is not None else expected
        else:
            begins = _hangs_out(line, lines) or _apart(previous, line, usual)
        if begins or not groups:
            groups.append([])
        groups[-1].append(line)
    return [joiner.text(group) for group in groups]


def _hangs_out(line: Line, lines: list[Line]) -> bool:
    """Whether it begins at the left edge while other lines of its column and page are indented."""
    starts = [other.x0 for other in lines if other.column == line.column and other.page == line.page]
    left = min(starts)
    indented = sum(start > left + 0.5 * line.size for start in starts)
    return indented > 0.3 * len(starts) and line.x0 < left + 0.5 * line.size


def _number(text: str) -> int | None:
    match = re.match(r"\[(\d{1,3})\]|\(?(\d{1,3})[.)]?\s", text)
    return int(match[1] or match[2]) if match else None


def _apart(previous: Line | None, line: Line, usual: float) -> bool:
    if previous is None or previous.page != line.page or line.baseline < previous.baseline:
        return False
    return line.baseline - previous.baseline > 1.15 * usual
