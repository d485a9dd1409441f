"""Lines of a page: the runs of one font that stand beside each other, with where and how they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from statistics import median
from typing import Any

import pymupdf

from arxiv_gloss.papers.document import Box
from arxiv_gloss.papers.pdf import characters
from arxiv_gloss.papers.pdf.garbled import ENOUGH, garbled
from arxiv_gloss.papers.pdf.ink import Ink

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_CID_FOR_UNKNOWN_UNICODE
_FILLED, _STROKED = 16, 32
"""Bits of a span's `char_flags`; text that is neither filled nor stroked is invisible."""
_SMALLEST = 2.0
"""Points; smaller text is hidden from a reader, not written for one."""
_WAVERING = 0.13
"""Share of the text's size by which text recognition misjudges that of a line."""
_BOLD_FONT = re.compile(r"bold|black|heavy|CMBX|CMB\d|SFBX|SFRB|ECBX|Medi(?!um)|-Bd|[-.]B$|Semibold|[a-z]B$|TB\b")
_ITALIC_FONT = re.compile(r"(?i:ital|obli)|CMTI|CMSL|SFTI|ECTI|-It|[a-z]TI$|TI\d|[a-z]I$")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, size and baseline."""

    text: str
    font: str
    size: float
    x0: float
    x1: float
    baseline: float
    bold: bool
    italic: bool
    math: bool

    @property
    def top(self) -> float:
        return self.baseline - 0.75 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Column:
    """The left and right edge of a column of text, in points."""

    x0: float
    x1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Line:
    """Runs from left to right on (nearly) one baseline, in one column of one page."""

    runs: list[Run]
    page: int
    column: Column | None = None
    """Known once the page's columns are; the whole width for a line that spans them."""
    size: float = field(init=False)
    """Of most of its characters, in points."""
    baseline: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    """Of the capital letters and the descenders of its own size, whatever is raised above or hangs below."""
    x0: float = field(init=False)
    x1: float = field(init=False)
    font: str = field(init=False)
    text: str = field(init=False)
    """As printed, formulas unmarked."""
    letters: int = field(init=False)
    """Outside formulas."""
    words: int = field(init=False)
    """Words of at least two letters outside formulas."""
    _shares: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.runs.sort(key=lambda run: run.x0)
        weights: Counter[tuple[float, str, float]] = Counter()
        for run in self.runs:
            weights[(round(run.size * 2) / 2, run.font, run.baseline)] += len(run.text.strip())
        (self.size, self.font, self.baseline), _ = weights.most_common(1)[0]
        self.top = self.baseline - 0.75 * self.size
        self.bottom = self.baseline + 0.25 * self.size
        self.x0 = min(run.x0 for run in self.runs)
        self.x1 = max(run.x1 for run in self.runs)
        self.text = "".join(_spaced(self.runs)).strip()
        plain = [run.text for run in self.runs if not run.math]
        self.letters = sum(character.isalpha() for text in plain for character in text)
        self.words = sum(len(_WORD.findall(text)) for text in plain)

    @property
    def box(self) -> Box:
        """From the highest to the lowest of its runs."""
        return (self.x0, min(r.top for r in self.runs), self.x1, max(r.bottom for r in self.runs))

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    def share(self, quality: str) -> float:
        """Share of its letters (of all its signs for `math`) that are `bold`, `italic` or `math`."""
        if quality not in self._shares:
            self._shares[quality] = self._share(quality)
        return self._shares[quality]

    def _share(self, quality: str) -> float:
        total = marked = 0
        for run in self.runs:
            signs = run.text.replace(" ", "")
            weight = len(signs) if quality == "math" else sum(sign.isalpha() for sign in signs)
            total += weight
            marked += weight if getattr(run, quality) else 0
        return marked / total if total else 0.0

    def overlap(self, other: Line) -> float:
        """Share of the lower one's height that both have."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared / min(self.size, other.size)


@dataclass(slots=True)
class Text:
    """What a page says, and how well it could be read."""

    lines: list[Line] = field(default_factory=list)
    turned: list[tuple[tuple[float, float], Box, int]] = field(default_factory=list)
    """Direction, box and characters of each line that does not run from left to right."""
    garbled: bool = False
    """Whether lines were left out because their letters are not those that are printed."""
    doubtful: list[Line] = field(default_factory=list)
    """Those of the lines that look garbled, too few to be sure."""
    recognised: bool = False
    """Whether it was written by text recognition, over a picture of the page."""


def _spaced(runs: Iterable[Run]) -> Iterator[str]:
    """The runs' texts, with a space where one stands in print but not in the text."""
    previous: Run | None = None
    for run in runs:
        if previous is not None and space_between(previous, run):
            yield " "
        yield run.text
        previous = run


def space_between(left: Run, right: Run) -> bool:
    if left.text.endswith(" ") or right.text.startswith(" "):
        return False
    return right.x0 - left.x1 > 0.16 * max(left.size, right.size)


def join(lines: list[Line]) -> Line:
    """Pieces of one line as a whole, in the column of the first."""
    if len(lines) == 1:
        return lines[0]
    return Line([run for line in lines for run in line.runs], lines[0].page, lines[0].column)


def read_lines(page: pymupdf.Page, number: int, ink: Ink, scanned: bool = False) -> Text:
    """All that a reader can see written on a page. `scanned`: a picture of the page stands behind its text."""
    printed = [line for block in page.get_text("dict", flags=_FLAGS)["blocks"] for line in block.get("lines", ())]
    text = Text(recognised=scanned and _is_recognised(printed))
    points = {id(line): garbled(line["spans"]) for line in printed}
    text.garbled = sum(points.values()) >= ENOUGH
    for line in printed:
        direction = (line["dir"][0], line["dir"][1])
        if abs(direction[1]) > 0.02 or direction[0] < 0:
            text.turned.append((direction, line["bbox"], sum(len(span["text"]) for span in line["spans"])))
            continue
        runs = [run for span in line["spans"] if (run := _run(span, ink, text.recognised))]
        readable = any(run.text.strip() for run in runs) and not (text.garbled and points[id(line)])
        if readable and _stands_out(runs, ink):
            text.lines.append(Line(_trimmed(runs), number))
            if points[id(line)] > 1:
                text.doubtful.append(text.lines[-1])
    if text.recognised:
        text.lines = _of_one_size(text.lines)
    return text


def _is_recognised(printed: list[dict[str, Any]]) -> bool:
    """Whether most of the text is invisible: on a scan that is what text recognition wrote over the picture."""
    lengths = [0, 0]
    for line in printed:
        for span in line["spans"]:
            lengths[bool(span["char_flags"] & (_FILLED | _STROKED))] += len(span["text"].strip())
    return lengths[0] > lengths[1]


def _of_one_size(lines: list[Line]) -> list[Line]:
    """Recognised lines whose measured sizes waver around that of the text, all set to it."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += line.letters
    if not weights:
        return lines
    usual = median(size for size, weight in weights.items() for _ in range(weight))
    return [
        Line([replace(run, size=usual) for run in line.runs], line.page)
        if abs(line.size - usual) < _WAVERING * usual
        else line
        for line in lines
    ]


def _stands_out(runs: list[Run], ink: Ink) -> bool:
    box = (runs[0].x0, min(run.top for run in runs), runs[-1].x1, max(run.bottom for run in runs))
    return ink.visible(box)


def _trimmed(runs: list[Run]) -> list[Run]:
    while not runs[0].text.strip():
        runs = runs[1:]
    while not runs[-1].text.strip():
        runs = runs[:-1]
    return runs


def _run(span: dict[str, Any], ink: Ink, recognised: bool) -> Run | None:
    text = characters.clean(span["text"])
    seen = recognised or span["char_flags"] & (_FILLED | _STROKED)
    if not text or span["size"] < _SMALLEST or not seen:
        return None
    x0, y0, x1, y1 = span["bbox"]
    faint = span["alpha"] < 64 or all(part > 0xD0 for part in span["color"].to_bytes(4, "big")[1:])
    baseline = span["origin"][1]
    if faint and text.strip() and not ink.visible((x0, baseline - 0.6 * span["size"], x1, baseline)):
        return None
    font = span["font"]
    large = characters.is_large_operator_font(font)
    if large:
        text = characters.large_signs(text)
    large = large or text.strip() == "√"
    return Run(
        text=text,
        font=font,
        size=span["size"],
        x0=x0,
        x1=x1,
        # A sum or integral hangs from its origin; its middle says better which line it belongs to.
        baseline=(y0 + y1) / 2 + 0.25 * span["size"] if large else baseline,
        bold=bool(span["flags"] & pymupdf.TEXT_FONT_BOLD) or _is_bold(font),
        italic=bool(span["flags"] & pymupdf.TEXT_FONT_ITALIC) or _is_italic(font),
        math=characters.is_math_font(font) or _only_math_signs(text),
    )


@cache
def _is_bold(font: str) -> bool:
    return bool(_BOLD_FONT.search(font))


@cache
def _is_italic(font: str) -> bool:
    return bool(_ITALIC_FONT.search(font))


def _only_math_signs(text: str) -> bool:
    signs = [character for character in text if not character.isspace()]
    return bool(signs) and all(characters.is_math_character(character) for character in signs)
