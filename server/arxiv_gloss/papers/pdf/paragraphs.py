"""Paragraphs: lines in reading order joined to running text, across columns, pages and display formulas."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from arxiv_gloss.papers.document import Box, Paragraph
from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.formulas import ELLIPSIS, equation_number, is_display, text_of
from arxiv_gloss.papers.pdf.lines import Line

_ITEM = re.compile(r"(?:[•‣◦▪■►●○–—∗⋄]|\(?\d{1,2}[.)]|\([a-zA-Z]{1,4}\)|\[\w{1,6}\])(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]{2}")
_SENTENCE_END = re.compile(r"[.!?:;]['\"”’)\]]*$")
_HYPHENATED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-‐]$")
_KEPT_PREFIXES = frozenset(
    [
        "self",
        "non",
        "quasi",
        "pseudo",
        "semi",
        "multi",
        "cross",
        "half",
        "two",
        "three",
        "four",
        "well",
        "state",
        "real",
        "end",
        "co",
        "ex",
    ]
)

Marks = dict[int, frozenset[str]]
"""For each page, the footnote marks it explains."""


@dataclass(slots=True)
class _Draft:
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    formulas: list[str] = field(default_factory=list)
    """Numbers of the display formulas that were passed since the last line of text; "" for one without."""

    def box(self) -> Box:
        first = self.lines[0]
        part = [line.box for line in self.lines if line.page == first.page and line.column == first.column]
        return (min(b[0] for b in part), min(b[1] for b in part), max(b[2] for b in part), max(b[3] for b in part))


class Joiner:
    """Joins lines to paragraphs; `words` counts the words of the whole paper, to know which hyphens are real."""

    def __init__(self, body: Body, marks: Marks, words: Counter[str]) -> None:
        self._body = body
        self._marks = marks
        self._words = words

    def paragraphs(self, lines: list[Line]) -> list[Paragraph]:
        drafts = self._drafts(lines)
        for draft in drafts:
            _flush(draft)
        finished = (Paragraph(draft.text, draft.lines[0].page, draft.box()) for draft in drafts)
        return [paragraph for paragraph in finished if _WORD.search(paragraph.text)]

    def grouped(self, lines: list[Line]) -> list[list[Line]]:
        """The same lines parted into paragraphs; display formulas stay with the paragraph before them."""
        begins = {id(draft.lines[0]) for draft in self._drafts(lines)}
        groups: list[list[Line]] = []
        for line in lines:
            if not groups or id(line) in begins:
                groups.append([])
            groups[-1].append(line)
        return groups

    def _drafts(self, lines: list[Line]) -> list[_Draft]:
        drafts: list[_Draft] = []
        for line in lines:
            if is_display(line, self._body.size):
                if drafts:
                    drafts[-1].formulas.append(equation_number(line.text) or "")
                continue
            if not drafts or self._begins(line, drafts[-1]):
                drafts.append(_Draft())
            self._append(drafts[-1], line)
        return drafts

    def text(self, lines: list[Line]) -> str:
        """All lines as one text."""
        draft = _Draft()
        for line in lines:
            self._append(draft, line)
        return draft.text

    def _append(self, draft: _Draft, line: Line) -> None:
        _flush(draft)
        text = text_of(line, self._marks.get(line.page, frozenset()))
        draft.text = self.join(draft.text, text)
        draft.lines.append(line)

    def join(self, left: str, right: str) -> str:
        """Two lines as one text, a word that was parted at the line's end made whole."""
        if not left or not right:
            return left or right
        match = _HYPHENATED.search(left)
        if match is None or left.endswith((" -", "--")):
            return f"{left} {right}"
        if not right[0].islower():
            return left + right
        tail = re.match(r"[^\W\d_]+", right)
        assert tail is not None, "it begins with a letter"
        first, second = match[1].lower(), tail[0].lower()
        whole, hyphened = self._words[first + second], self._words[f"{first}-{second}"]
        goes_on = right[tail.end() :].startswith("-") and self._words[first] > 0  # English- | to-German
        compound = first in _KEPT_PREFIXES or goes_on or self._are_words(first, second)
        keep = hyphened > whole or (hyphened == whole and compound)
        return left + right if keep else left[:-1] + right

    def _are_words(self, first: str, second: str) -> bool:
        """Whether both halves are words of this paper: `low-order` is a compound, `para-graph` is not."""
        long = len(first) >= 3 and len(second) >= 4
        return long and self._words[first] >= 2 and self._words[second] >= 2

    def _begins(self, line: Line, draft: _Draft) -> bool:
        """Whether a line begins a new paragraph after the draft's last line."""
        last = draft.lines[-1]
        column, size = line.column, line.size
        assert column is not None and last.column is not None, "columns are set before paragraphs are made"
        ended = bool(_SENTENCE_END.search(draft.text))
        indent = line.x0 - column.x0
        if abs(size - last.size) > 0.08 * size:
            return True
        if _ITEM.match(line.text) and (ended or indent > 0.5 * size):
            return True
        if line.page != last.page or column != last.column:
            return ended and (indent > 0.8 * size or _is_short(last)) and not line.text[0].islower()
        if draft.formulas:
            return indent > 0.8 * size and line.x0 > min(each.x0 for each in draft.lines) + 1 and _starts_sentence(line)
        step = line.baseline - last.baseline
        if step > 1.34 * self._usual_step(line):
            return True
        shift = line.x0 - last.x0
        hanging = len(draft.lines) == 1 and bool(_ITEM.match(last.text))
        if shift > 0.8 * size and not hanging:
            return not line.text[0].islower()
        if shift < -0.8 * size:
            return len(draft.lines) > 1 and ended
        return ended and _is_short(last) and indent < 0.5 * size

    def _usual_step(self, line: Line) -> float:
        return self._body.leading * line.size / self._body.size


def _starts_sentence(line: Line) -> bool:
    return not line.text[0].islower()


def _is_short(line: Line) -> bool:
    return line.column is not None and line.x1 < line.column.x1 - 0.12 * line.column.width


def _flush(draft: _Draft) -> None:
    """Writes the display formulas that were passed into the text."""
    if not draft.formulas:
        return
    numbers = [number for number in draft.formulas if number]
    draft.formulas.clear()
    formula = ", ".join(f"$({number})$" for number in numbers) or ELLIPSIS
    draft.text = f"{draft.text} {formula}"


def count_words(lines: list[Line]) -> Counter[str]:
    """Words and hyphened words inside lines, where every hyphen is real."""
    words: Counter[str] = Counter()
    for line in lines:
        found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower())
        words.update(found[:-1] if line.text.endswith(("-", "‐")) else found)
    return words
