"""How the running text of a paper is set: what everything else is judged against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from arxiv_gloss.papers.pdf.columns import in_reading_order
from arxiv_gloss.papers.pdf.page import Page


@dataclass(frozen=True, slots=True)
class Body:
    size: float
    """In which most letters are set, in points."""
    leading: float
    """The usual distance between two baselines, in points."""
    fonts: frozenset[str]
    """Each has at least a tenth of the letters of that size."""


def measure(pages: list[Page]) -> Body:
    """Pages need their columns and rows. A paper without letters gets 10 points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += line.letters
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    fonts: Counter[str] = Counter()
    for page in pages:
        for line in page.lines:
            if abs(line.size - size) < 0.6:
                fonts[line.font] += line.letters
    total = sum(fonts.values())
    return Body(size, _leading(pages, size), frozenset(f for f, weight in fonts.items() if weight >= 0.1 * total))


def _leading(pages: list[Page], size: float) -> float:
    steps: list[float] = []
    for page in pages:
        lines = [line for line in in_reading_order(page) if line.words >= 4 and abs(line.size - size) < 0.8]
        for upper, lower in pairwise(lines):
            step = lower.baseline - upper.baseline
            if upper.column == lower.column and 0.9 * size < step < 2.5 * size:
                steps.append(step)
    return median(steps) if steps else 1.2 * size
