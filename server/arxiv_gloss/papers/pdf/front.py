"""The front of a paper: its title, its authors, and the abstract where no heading announces it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from arxiv_gloss.papers.pdf.body import Body
from arxiv_gloss.papers.pdf.headings import Heading
from arxiv_gloss.papers.pdf.lines import Column, Line
from arxiv_gloss.papers.pdf.page import Page
from arxiv_gloss.papers.pdf.prose import FEWEST_WORDS, prose_among, text_beside

_INSTITUTION = re.compile(
    r"universit|institut|department|dept\b|laborator|\blabs?\b|school|college|faculty|academy|center|centre|research"
    r"|google|microsoft|facebook|\bmeta\b|amazon|nvidia|openai|deepmind|\bIBM\b|\binc\b|\bltd\b|corp|gmbh|group|division"
    r"|\bCNRS\b|\bINFN\b|\bCERN\b|allen institute|\bAI\b|physik|\bUSA\b|\bUK\b|china|germany|japan|france|italy|korea"
    r"|street|avenue|lane|\bbox\b|@|https?:|e-?mail|dated|received|corresponding|equal contribution|collaboration\)"
    r"|observatory|hospital|\bMIT\b|technolog|sciences?\b|\b(?:member|fellow|student|senior|IEEE)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?:[A-Z]\.[- ]?){1,6}|[^\W\d_a-z][^\W\d_]{0,30}(?:['’.-][^\W\d_]{1,30}){0,4}\.?)"
    r"(?: (?:(?:[A-Z]\.-?){1,6}|[^\W\d_]{1,31}(?:['’-][^\W\d_]{1,30}){0,4}\.?|de|van|von|der|la|Jr\.|III?)){1,5}"
)
_MARKS = re.compile(r"[*∗†‡§¶⋆♠♣♦♥♮♯]+|(?<=[^\W\d_])\d+(?:,\d+)*|\b[a-z]\)")
_DATE = re.compile(
    r"\(?(?:Dated|Received|Submitted|Accepted|Version)\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) \d"
)
_ABSTRACT = re.compile(r"\s{0,9}(?:abstract|summary)\s{0,9}[.:—–-]{0,9}\s{0,9}", re.IGNORECASE)
_AFTER_ABSTRACT = re.compile(
    r"PACS|Key ?words|Index terms|CCS CONCEPTS|AMS|MSC|Mathematics Subject|\d{4} Mathematics|Subject class|DOI|JEL",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Front:
    title: list[Line]
    authors: tuple[str, ...]
    abstract: list[Line]
    """Only where it has no heading of its own."""

    @property
    def lines(self) -> list[Line]:
        return [*self.title, *self.abstract]


def read_front(page: Page, headings: list[Heading], body: Body) -> tuple[Front, list[Line]]:
    """The front matter of the first page, and all lines that belong to it: they are no part of the text."""
    lines = sorted(page.lines, key=lambda line: (round(line.baseline), line.x0))
    here = [heading for heading in headings if heading.lines[0].page == page.number]
    abstract = _run_in_abstract(lines, here)
    limit, column = (abstract[0].baseline, abstract[0].column) if abstract else _limit(lines, here, page, body)
    beside = text_beside(lines, limit, column, page, body)
    zone = [line for line in lines if line.baseline < limit - 1 and id(line) not in beside]
    title = _title(zone, body)
    if not title:
        return Front([], (), abstract), abstract
    after = [line for line in zone if line.baseline > title[-1].baseline]
    if not abstract and not any(_ABSTRACT.fullmatch(heading.title) for heading in headings):
        abstract = _abstract(after, body)
    ended = abstract[0].baseline if abstract else float("inf")
    authors = _authors([line for line in after if line.baseline < ended])
    # On a page without text below its front, what reads like a sentence is the text.
    fewest = FEWEST_WORDS if limit < float("inf") else 6
    taken = {id(line) for line in abstract}
    taken |= prose_among([line for line in after if id(line) not in taken], body, fewest)
    return Front(title, authors, abstract), [*(line for line in zone if id(line) not in taken), *abstract]


def _run_in_abstract(lines: list[Line], headings: list[Heading]) -> list[Line]:
    """An abstract that begins on the line of its announcement: `Abstract—We show …`, down to the next heading."""
    begins = [line for line in lines if re.match(r"abstract\b", line.text, re.IGNORECASE) and line.words > 3]
    if not begins:
        return []
    first = begins[0]
    below = [line for line in lines if line.column == first.column and line.baseline > first.baseline + 1]
    heads = [heading.lines[0] for heading in headings if heading.lines[0].column == first.column]
    ends = [line.baseline for line in heads if line.baseline > first.baseline]
    ends += [line.baseline for line in below if _AFTER_ABSTRACT.match(line.text)]
    return [first, *(line for line in below if line.baseline < min(ends, default=float("inf")) - 1)]


def _limit(lines: list[Line], headings: list[Heading], page: Page, body: Body) -> tuple[float, Column | None]:
    """Height and column of the abstract's heading, of the first section's, or of the first lines of text."""
    for heading in headings:
        if _ABSTRACT.fullmatch(heading.title):
            return heading.lines[0].baseline, heading.lines[0].column
    firsts = [h.lines[0] for h in headings if re.match(r"[1I]\b|introduction", h.title, re.IGNORECASE)]
    return (firsts[0].baseline, firsts[0].column) if firsts else (_first_of_text(lines, page, body), None)


def _first_of_text(lines: list[Line], page: Page, body: Body) -> float:
    """The height of the first three lines of running text that fill a column."""
    full = [
        line
        for line in lines
        if line.column is not None
        and line.column in page.columns
        and abs(line.size - body.size) < 0.3
        and line.width > 0.93 * line.column.width
        and line.words >= 5
    ]
    return full[0].baseline - (0.5 * body.size) if full else float("inf")


def _title(zone: list[Line], body: Body) -> list[Line]:
    """The lines in the largest type that name the paper, the topmost among equals; none where all of it is prose."""
    candidates = [line for line in zone if line.letters >= 4 and not _ABSTRACT.fullmatch(line.text)] or zone
    if not candidates:
        return []
    largest = max(line.size + 0.8 * (line.share("bold") > 0.6) for line in candidates)
    first = next(line for line in candidates if line.size + 0.8 * (line.share("bold") > 0.6) > largest - 0.3)
    title = [first]
    for line in zone:
        near = 0 < line.baseline - title[-1].baseline < 2.2 * first.size
        alike = abs(line.size - first.size) < 0.6 and (line.share("bold") > 0.6) == (first.share("bold") > 0.6)
        if near and alike and not _ABSTRACT.fullmatch(line.text):
            title.append(line)
    plain = largest < body.size + 0.3 and first.share("italic") < 0.8
    return [] if plain and _is_sentence(title) else title


def _is_sentence(title: list[Line]) -> bool:
    """Whether what is set like the text reads like it too: sentences, each with its full stop."""
    text = " ".join(line.text for line in title)
    return bool(re.search(r"[^\W\d_]{2}[.!?](?: [A-Z]|$)|\d\.$", text)) and sum(line.words for line in title) >= 4


def _abstract(lines: list[Line], body: Body) -> list[Line]:
    """The longest run of prose among the lines, if it is long enough to be an abstract."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        last = runs[-1][-1] if runs[-1] else None
        begins = bool(_ABSTRACT.match(line.text)) and line.words > 3
        prose = line.words >= 6 and not _DATE.match(line.text) and line.share("italic") < 0.8
        if _AFTER_ABSTRACT.match(line.text):
            runs.append([])
        elif begins or (last is None and prose):
            runs.append([line])
        elif (
            last
            and abs(line.size - last.size) < 0.4
            and 0.5 * line.size < line.baseline - last.baseline < 2 * body.leading
        ):
            runs[-1].append(line)
        elif last and abs(line.baseline - last.baseline) >= 0.5 * line.size:
            runs.append([line] if prose else [])
    longest = max(runs, key=lambda run: sum(line.words for line in run))
    return longest if sum(line.words for line in longest) >= 30 else []


def _authors(lines: list[Line]) -> tuple[str, ...]:
    """The names in the lines under the title: those in the type of the first of them, affiliations left out."""
    pieces = [(line, piece) for line in lines for piece in _pieces(line)]
    named = [(line, name) for line, name in pieces if _is_name(name)]
    if not named:
        return ()
    first = named[0][0]
    names = [
        name
        for line, name in named
        if abs(line.size - first.size) < 0.3 and line.font == first.font and line.share("italic") < 0.8
    ]
    return tuple(dict.fromkeys(names or [name for _, name in named]))


def _pieces(line: Line) -> list[str]:
    if _DATE.match(line.text):
        return []
    pieces: list[str] = []
    for part in _parted(line):
        # Raised marks point to affiliations and part the names.
        written = [run.text if run.size > 0.86 * line.size and not run.math else "," for run in part.runs]
        text = _MARKS.sub(" , ", "".join(written))
        text = re.sub(r"\s{1,9}(?:and|&|with)\s+|\s{0,9}[,;·•]\s*(?:and\s+)?|^and\s+", "\n", text)
        pieces.extend(re.sub(r"\s+", " ", piece).strip(" .") for piece in text.split("\n") if piece.strip())
    return pieces


def _parted(line: Line) -> list[Line]:
    """The line at its wide gaps: names that stand side by side."""
    groups = [[line.runs[0]]]
    for run in line.runs[1:]:
        if run.x0 - groups[-1][-1].x1 > 0.8 * line.size:
            groups.append([])
        groups[-1].append(run)
    return [Line(group, line.page, line.column) for group in groups]


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _INSTITUTION.search(text) and 4 <= len(text) <= 50


def without_announcement(text: str) -> str:
    """An abstract's text without the word `Abstract.` before it."""
    match = _ABSTRACT.match(text)
    return text[match.end() :] if match and match[0].strip() else text


def ends_abstract(text: str) -> bool:
    """Whether a paragraph after the abstract is no part of it: keywords, classes, numbers."""
    return bool(_AFTER_ABSTRACT.match(text))
