"""Footnotes: small print at the foot of a column, under a short rule or behind a mark."""

from __future__ import annotations

import re

from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.lines import Column, Line
from arxiv_gloss.papers.pdf.page import Page

_SMALL = 0.94
"""A footnote's size as a share of the text's, at most."""
_MARK = re.compile(r"(?:[*∗†‡§¶⋆#]+|\d{1,3}|[a-e](?=[A-Z]))(?=\D|$)")
_PERMISSION = re.compile(r"Permission to make digital|Copyright ©|© \d{4}|This work was performed")


def take_notes(page: Page, body: Body) -> list[list[Line]]:
    """Takes the footnotes of a page out of its lines; each is the list of its lines."""
    notes: list[list[Line]] = []
    for column in dict.fromkeys(line.column for line in page.lines):
        assert column is not None, "columns are set before notes are sought"
        lines = sorted((line for line in page.lines if line.column == column), key=lambda line: line.baseline)
        foot = _foot(lines, column, page, body)
        notes.extend(_each(foot))
    taken = {id(line) for note in notes for line in note}
    page.lines = [line for line in page.lines if id(line) not in taken]
    return notes


def mark_of(note: list[Line]) -> str | None:
    """The number or sign with which a footnote begins."""
    match = _MARK.match(note[0].text)
    return match[0] if match else None


def _foot(lines: list[Line], column: Column, page: Page, body: Body) -> list[Line]:
    """The lines from the first footnote of a column to its end."""
    first_small = len(lines)
    while first_small and _is_small(lines[first_small - 1], body):
        first_small -= 1
    for index in range(first_small, len(lines)):
        if lines[index].baseline > 0.35 * page.height and _begins(lines, index, column, page):
            return lines[index:]
    return []


def _is_small(line: Line, body: Body) -> bool:
    # A lone sign of the text's size may be a raised mark or a formula in a note.
    return line.size <= _SMALL * body.size or len(line.text) <= 2


def _begins(lines: list[Line], index: int, column: Column, page: Page) -> bool:
    line = lines[index]
    above = lines[index - 1].baseline if index else page.top
    for rule in page.rules:
        short = 0.1 * column.width < rule[2] - rule[0] < 0.6 * column.width or _PERMISSION.match(line.text)
        if short and abs(rule[0] - column.x0) < 8 and above < rule[1] < line.baseline and line.baseline - rule[1] < 30:
            return True
    first = line.runs[0]
    raised = first.size < 0.86 * line.size or first.baseline < line.baseline - 0.15 * line.size
    return (raised and bool(_MARK.match(line.text))) or bool(_PERMISSION.match(line.text))


def _each(foot: list[Line]) -> list[list[Line]]:
    notes: list[list[Line]] = []
    for line in foot:
        first = line.runs[0]
        raised = first.size < 0.86 * line.size or first.baseline < line.baseline - 0.15 * line.size
        sign = bool(re.match(r"[*∗†‡§¶⋆]", line.text))
        if (
            not notes
            or ((raised or sign) and _MARK.match(line.text))
            or line.baseline - notes[-1][-1].baseline > 2 * line.size
        ):
            notes.append([])
        notes[-1].append(line)
    return notes
