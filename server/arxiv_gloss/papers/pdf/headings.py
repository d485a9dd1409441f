"""Headings: lines set unlike the text, alone on their line, numbered or named as headings are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.formulas import is_display
from arxiv_gloss.papers.pdf.labels import label_of
from arxiv_gloss.papers.pdf.lines import Line
from arxiv_gloss.papers.pdf.page import Page

_NUMBER = re.compile(
    r"(?:(?P<appendix>Appendix|APPENDIX|Supplement(?:ary)?(?: Note)?) )?"
    r"(?:§ ?)?\(?(?P<number>(?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?:\.[A-Z\d])?)"
    r"(?P<mark>[.:)]{0,2})(?:\s+|$)(?=[^\W\d_]|[“\"$(\[]|\d|$)"
)
_KNOWN = re.compile(
    r"abstract|summary|introduction|background|related works?|preliminaries|methods?|methodology|materials and methods"
    r"|experiments?|experimental (?:setup|results)|results?|results and discussion|evaluation|discussions?|analysis"
    r"|conclusions?|concluding remarks|conclusions? and (?:future work|outlook|discussion)|discussion and conclusions?"
    r"|limitations?|future work|outlook|broader impact|ethics statement"
    r"|reproducibility statement|ethical considerations"
    r"|acknowledge?ments?|funding|author contributions|data availability|competing interests|note added|contents"
    r"|table of contents|references(?: and notes)?|bibliography|literature cited|appendix|appendices"
    r"|supplementary materials?|supplemental material|ccs concepts|keywords|index terms|list of (?:figures|tables)",
    re.IGNORECASE,
)
_SMALL_CAPS = re.compile(r"CSC|SmallCaps|-SC|SCaps|C$")
_LONGEST = 150


@dataclass(frozen=True, slots=True)
class Heading:
    lines: tuple[Line, ...]
    level: int

    @property
    def title(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def name(self) -> str:
        """Without its number, in lower case: `related work`."""
        match = _NUMBER.match(self.title)
        rest = self.title[match.end() :] if match else self.title
        return rest.strip(" .:").lower()


@dataclass(frozen=True, slots=True)
class _Look:
    """What distinguishes a line from the text."""

    large: bool
    bold: bool
    capitals: bool
    italic: bool
    underlined: bool
    centred: bool
    runs_on: bool
    """It fills its column and the next line goes on with a small letter."""
    before: float
    """White space above and below it, in lines of text; 9 at the edge of a column."""
    after: float

    @property
    def distinct(self) -> bool:
        return self.large or self.bold or self.capitals or self.underlined

    @property
    def apart(self) -> bool:
        return self.before > 1.2 and (self.after > 1.05 or self.before > 1.6)


def find_headings(lines: list[Line], pages: dict[int, Page], body: Body) -> list[Heading]:
    """The headings among all lines of a paper in reading order, captions and footnotes taken out."""
    sizes = _sizes(lines, body)
    looks = [_look(lines, index, pages, body, sizes[lines[index].page]) for index in range(len(lines))]
    found: list[list[int]] = []
    for index, line in enumerate(lines):
        if (
            found
            and found[-1][-1] == index - 1
            and _continues(lines[index - 1], line, looks[index - 1], looks[index], body)
        ):
            found[-1].append(index)
        elif _is_heading(line, looks[index], body):
            found.append([index])
    whole = [group for group in found if _is_whole([lines[i] for i in group], looks[group[0]])]
    return _levelled([([lines[i] for i in group], looks[group[0]]) for group in whole])


def part_run_in(line: Line) -> list[Line]:
    """A numbered heading and the text that follows it on its line, as two lines; any other line as it is."""
    number = _NUMBER.match(line.text)
    if number is None or "." not in number["number"]:
        return [line]
    marked = [run.bold or run.italic or not any(sign.isalpha() for sign in run.text) for run in line.runs]
    end = marked.index(False) if False in marked else 0
    head = line.runs[:end]
    if sum(len(run.text) for run in head) < 8 or not any(run.bold or run.italic for run in head):
        return [line]
    if not "".join(run.text for run in head).rstrip().endswith((".", ":")):
        return [line]
    return [Line(head, line.page, line.column), Line(line.runs[end:], line.page, line.column)]


def _is_whole(lines: list[Line], look: _Look) -> bool:
    """Whether a heading's lines together make one: not too long, and no sentence."""
    text = " ".join(line.text for line in lines)
    sentence = text[-1] in ".?!:" and len(lines) > 1 and not look.large and not _NUMBER.match(text)
    return len(text) <= _LONGEST and len(lines) <= 4 and not sentence


def _is_heading(line: Line, look: _Look, body: Body) -> bool:
    text = line.text
    if len(text) > _LONGEST or text[-1] in ",;" or is_display(line, body.size) or label_of(text):
        return False
    if sum(character.isalpha() for character in text) < 3 or text[0].islower() or line.size < 0.85 * body.size:
        return False
    number = _NUMBER.match(text)
    rest = text[number.end() :] if number else text
    if _KNOWN.fullmatch(rest.strip(" .:")) and (look.distinct or look.apart):
        return True
    if number and (
        number["mark"] or "." in number["number"] or number["number"].isdecimal() or look.bold or look.large
    ):
        if look.italic and "." in number["number"] and look.before > 1.2:
            return True
        if (not rest[:1].isupper() and look.before < 1.2) or (text[-1] == "." and not look.bold and not look.large):
            return False
        if look.large or ((look.bold or look.capitals or look.underlined) and look.before > 1.1):
            return True
        return look.apart and (look.italic or look.centred) and text[-1] not in ".:"
    if text[-1] in ".:?!" and not (look.large and line.share("bold") > 0.75):
        return False
    if look.runs_on or any(sign in text for sign in "=|∼•"):
        return False
    if line.words > 14 or line.words == 0 or text[0] in "•–—*(" or not text[0].isalpha():
        return False
    if look.large and look.before > 1.15:
        return True
    return look.apart and (look.bold or look.underlined or (look.capitals and look.centred))


def _sizes(lines: list[Line], body: Body) -> dict[int, float]:
    """The text's size on each page: an appendix made with another program may be set in larger type."""
    weights: dict[int, Counter[float]] = {}
    for line in lines:
        weights.setdefault(line.page, Counter())[line.size] += line.letters
    sizes: dict[int, float] = {}
    latest = body.size
    for number, counted in weights.items():
        size, weight = counted.most_common(1)[0]
        # A page with little text may be all headings and pictures: it goes with the one before.
        latest = max(size, body.size) if weight > 600 else latest
        sizes[number] = latest
    return sizes


def _look(lines: list[Line], index: int, pages: dict[int, Page], body: Body, size: float) -> _Look:
    line = lines[index]
    column = line.column
    assert column is not None, "columns are set before headings are sought"
    letters = [character for run in line.runs if not run.math for character in run.text if character.isalpha()]
    capitals = len(letters) > 3 and sum(character.isupper() for character in letters) > 0.9 * len(letters)
    small_capitals = bool(_SMALL_CAPS.search(line.font)) or (capitals and len({round(r.size) for r in line.runs}) > 1)
    centre = (line.x0 + line.x1) / 2
    return _Look(
        large=line.size >= 1.09 * size,
        bold=line.share("bold") > 0.75,
        capitals=capitals or small_capitals,
        italic=line.share("italic") > 0.85,
        underlined=_rule_under(line, pages[line.page]),
        centred=abs(centre - column.middle) < 0.03 * column.width and line.x0 - column.x0 > 0.05 * column.width,
        runs_on=line.width > 0.85 * column.width and _goes_on(lines, index),
        before=_gap(lines, index, -1, body),
        after=_gap(lines, index, 1, body),
    )


def _goes_on(lines: list[Line], index: int) -> bool:
    line, after = lines[index], lines[index + 1 : index + 2]
    return bool(after) and after[0].text[0].islower() and 0 < after[0].baseline - line.baseline < 1.6 * line.size


def _gap(lines: list[Line], index: int, step: int, body: Body) -> float:
    """Distance to the next line above (-1) or below (1) in lines of text; 9 where the column ends."""
    other = index + step
    if not 0 <= other < len(lines):
        return 9.0
    distance = step * (lines[other].baseline - lines[index].baseline)
    if lines[other].page != lines[index].page or distance <= 0:
        return 9.0
    return distance / body.leading


def _rule_under(line: Line, page: Page) -> bool:
    return any(
        0 < rule[1] - line.baseline < 0.5 * line.size and abs(rule[0] - line.x0) < 3 and abs(rule[2] - line.x1) < 3
        for rule in page.rules
    )


def _continues(upper: Line, lower: Line, above: _Look, below: _Look, body: Body) -> bool:
    """Whether a heading goes on in the next line: the same type, close, and no number of its own."""
    if upper.page != lower.page or abs(upper.size - lower.size) > 0.4 or upper.column != lower.column:
        return False
    wrapped = upper.column is not None and upper.width > 0.8 * upper.column.width
    if (
        lower.baseline - upper.baseline > max((1.8 if wrapped else 1.5) * upper.size, 1.02 * body.leading)
        or lower.baseline <= upper.baseline
    ):
        return False
    if not (above.distinct or above.italic):
        return False
    if (above.bold, above.underlined, above.italic) != (below.bold, below.underlined, below.italic):
        return False
    if above.capitals and not above.bold and not above.large and not below.capitals:
        return False
    number = _NUMBER.match(lower.text)
    return not (number and (number["mark"] or "." in number["number"] or number["number"].isdecimal()))


def _levelled(groups: list[tuple[list[Line], _Look]]) -> list[Heading]:
    """Gives each its level: by its number, or, without one, by its type among those of all others."""
    roman = sum(bool(re.match(r"[IVX]{1,9}\.", lines[0].text)) for lines, _ in groups) >= 2
    numbers = [_level_of_number(" ".join(line.text for line in lines), roman) for lines, _ in groups]
    types: dict[tuple[float, bool, bool], int] = {}
    for (lines, look), level in zip(groups, numbers, strict=True):
        if level is not None:
            types.setdefault(_type(lines[0], look), level)
    numbered = len(types) > 0 and sum(level is not None for level in numbers) >= 3
    if not numbered:
        ranked = sorted({_type(lines[0], look) for lines, look in groups if not _is_abstract(lines)}, reverse=True)
        types = {kind: min(rank, 4) for rank, kind in enumerate(ranked, 1)}
    headings = []
    for (lines, look), level in zip(groups, numbers, strict=True):
        if level is None or not numbered:
            known = bool(_KNOWN.fullmatch(lines[0].text.strip(" .:")))
            level = types.get(_type(lines[0], look)) or (1 if known else _level_among(lines[0].size, types))
        headings.append(Heading(tuple(lines), level))
    return headings


def _is_abstract(lines: list[Line]) -> bool:
    return lines[0].text.strip(" .:").lower() == "abstract"


def _level_among(size: float, types: dict[tuple[float, bool, bool], int]) -> int:
    """One below the deepest level that is set larger."""
    larger = [level for (other, _, _), level in types.items() if other > size + 0.3]
    return min(max(larger, default=1) + 1, 4) if larger else 1


def _type(line: Line, look: _Look) -> tuple[float, bool, bool]:
    return (line.size, look.bold, look.capitals)


def _level_of_number(title: str, roman: bool) -> int | None:
    match = _NUMBER.match(title)
    if match is None:
        return None
    number = match["number"]
    if match["appendix"]:
        return 1 + number.count(".")
    if re.fullmatch(r"[IVX]+", number) and match["mark"]:
        return 1
    if roman and re.fullmatch(r"[A-Z]", number):
        return 2
    if roman and number.isdecimal():
        return 3
    return 1 + number.count(".")
