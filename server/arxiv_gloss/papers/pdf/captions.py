"""Captions: the lines that name a figure, a table or an algorithm and say what it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from arxiv_gloss.papers.document import Box
from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.labels import label_of
from arxiv_gloss.papers.pdf.lines import Column, Line
from arxiv_gloss.papers.pdf.page import Page

_KINDS = {"tab": "table", "alg": "algorithm", "lis": "algorithm"}


@dataclass(frozen=True, slots=True)
class Caption:
    kind: str
    number: str
    lines: tuple[Line, ...]
    column: Column

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def box(self) -> Box:
        boxes = [line.box for line in self.lines]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def find_captions(pages: list[Page], body: Body) -> list[Caption]:
    """All captions of a paper.

    A paper writes all its captions alike: a line with another mark after its number (`Table 4.` among `Table 3:`)
    begins a sentence of the text.
    """
    found = [(mark, caption) for page in pages for mark, caption in _on_page(page, body)]
    marks = Counter((caption.kind, mark) for mark, caption in found)
    usual = {kind: max(marks, key=lambda each: (each[0] == kind, marks[each]))[1] for kind, _ in marks}
    return [caption for mark, caption in found if mark == usual[caption.kind]]


def _on_page(page: Page, body: Body) -> Iterator[tuple[str, Caption]]:
    taken: set[int] = set()
    for line in sorted(page.lines, key=lambda each: each.baseline):
        match = label_of(line.text)
        if match is None or id(line) in taken or not _begins_caption(line, match, page, body.size):
            continue
        lines = _block(line, page, body.leading)
        taken.update(id(each) for each in lines)
        kind = _KINDS.get(match["word"][:3].lower(), "figure")
        yield (match["mark"] or "").strip(), Caption(kind, match["number"], tuple(lines), line.column or page.whole)


def _begins_caption(line: Line, match: re.Match[str], page: Page, size: float) -> bool:
    """A caption has a mark after its number, or is set unlike the text; a sentence "Figure 3 shows" has neither."""
    rest = line.text[match.end() :].strip()
    if match["mark"] or not rest:
        return not _continues(line, page)
    label_end = match.end()
    label = [run for run in line.runs if line.text.find(run.text.strip()) < label_end][:1]
    distinct = bool(label) and label[0].bold and line.share("bold") < 0.9
    return (distinct or abs(line.size - size) > 0.8) and rest[:1].isupper() and not _continues(line, page)


def _continues(line: Line, page: Page) -> bool:
    """Whether the line goes on from one above it, as in "…, as shown in / Figure 3. The next sentence"."""
    for other in page.lines:
        step = line.baseline - other.baseline
        same = other.column == line.column and abs(other.size - line.size) < 0.3
        if same and 0.5 * line.size < step < 1.35 * line.size and abs(other.x0 - line.x0) < 2 and other.words >= 4:
            return not other.text.endswith((".", ":", "?", "!"))
    return False


def _block(first: Line, page: Page, leading: float) -> list[Line]:
    """The caption's first line and those that follow it without a gap in the same type."""
    lines = [first]
    limit = max(1.5 * first.size, min(1.05 * leading, 1.9 * first.size))
    bold = first.share("bold") > 0.9
    spans = first.column == page.whole and len(page.columns) > 1
    below = [
        line for line in page.lines if line.baseline > first.baseline + 1 and (spans or line.column == first.column)
    ]
    for line in sorted(below, key=lambda each: each.baseline):
        last = lines[-1]
        if line.baseline - last.baseline < 0.5 * first.size:
            if abs(line.size - first.size) < 0.6:
                lines.append(line)  # the rest of a line that raised signs had parted
            continue
        if line.baseline - last.baseline > limit or abs(line.size - first.size) > 0.6 or label_of(line.text):
            break
        if line.x1 < first.x0 or line.x0 > max(each.x1 for each in lines) + 2:
            continue
        if bold and line.share("bold") < 0.5:
            break
        if _rule_between(last, line, page):
            break
        lines.append(line)
    return lines


def _rule_between(upper: Line, lower: Line, page: Page) -> bool:
    """A table's first rule ends its caption, however close it stands."""
    return any(
        upper.baseline - 1 < rule[1] < lower.baseline - 0.5 * lower.size and rule[2] - rule[0] > 0.3 * upper.width
        for rule in page.rules
        if rule[0] < lower.x1 and rule[2] > lower.x0
    )
