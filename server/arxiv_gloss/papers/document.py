"""The text of a whole paper, as read from its PDF or its HTML: plain values and nothing else.

Inline formulas stand in the texts as `$…$`; a display formula stands as its number, `$(3.2)$`, or as `$…$`
with an ellipsis when it has none, so that a sentence goes on across it and a reader can look it up.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in PDF points (1/72 inch) from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int | None = None
    """Page on which it begins, from 1; None in an HTML paper."""
    box: Box | None = None
    """Where its first part stands on that page."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    """As printed, with its number: `3.2 Attention`. Empty for text that stands before any heading."""
    level: int
    """1 for a section, 2 for a subsection, and so on."""
    page: int | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    anchor: str | None = None
    """Id of its element in an HTML paper."""


@dataclass(frozen=True, slots=True)
class Figure:
    kind: str
    """figure, table or algorithm"""
    number: str
    """As printed, without the word: `3`, `IV`, `A2`."""
    caption: str
    """Without its label `Figure 3:`."""
    page: int | None = None
    box: Box | None = None
    """The picture without its caption, as it is cropped; None when only the caption was found."""
    sources: tuple[str, ...] = ()
    """Addresses of the pictures in an HTML paper, as they stand there."""
    anchor: str | None = None
    """Id of its element in an HTML paper."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader has to know about how a paper was read."""

    code: str
    """text_recognised: text recognition wrote it; letters_unreadable: a font does not say which characters it prints;
    pages_without_text: only a picture is there"""
    pages: tuple[int, ...] = ()
    """From 1."""


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    authors: tuple[str, ...]
    abstract: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    footnotes: tuple[Paragraph, ...] = ()
    references: tuple[str, ...] = ()
    pages: int | None = None
    notices: tuple[Notice, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Document:
        """The inverse of `to_json`. Raises KeyError or TypeError for anything else."""
        return cls(
            title=values["title"],
            authors=tuple(values["authors"]),
            abstract=values["abstract"],
            sections=tuple(_section(section) for section in values["sections"]),
            figures=tuple(_figure(figure) for figure in values["figures"]),
            footnotes=tuple(_paragraph(note) for note in values["footnotes"]),
            references=tuple(values["references"]),
            pages=values["pages"],
            notices=tuple(Notice(one["code"], tuple(one["pages"])) for one in values["notices"]),
        )


LONGEST_LINE, LONGEST_CAPTION, LONGEST_PARAGRAPH = 300, 5_000, 20_000
"""Characters of a title, heading, name or label, of a caption, and of a paragraph, a note or an abstract. Papers have
less; what a page or a PDF's metadata holds beyond that is no line to read, and time must not grow with it."""
LONGEST_DOCUMENT = 2_000_000
"""Characters of all paragraphs."""


def bounded(document: Document) -> Document:
    """The document with each of its texts cut at what such a text may have."""
    left = LONGEST_DOCUMENT
    sections: list[Section] = []
    for section in document.sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            text = paragraph.text[: min(LONGEST_PARAGRAPH, max(0, left))]
            left -= len(text)
            if text:
                paragraphs.append(replace(paragraph, text=text))
        sections.append(replace(section, title=section.title[:LONGEST_LINE], paragraphs=tuple(paragraphs)))
    return replace(
        document,
        title=document.title[:LONGEST_LINE],
        authors=tuple(name[:LONGEST_LINE] for name in document.authors),
        sections=tuple(sections),
        figures=tuple(
            replace(one, number=one.number[:LONGEST_LINE], caption=one.caption[:LONGEST_CAPTION])
            for one in document.figures
        ),
        footnotes=tuple(replace(note, text=note.text[:LONGEST_PARAGRAPH]) for note in document.footnotes),
        references=tuple(text[:LONGEST_CAPTION] for text in document.references),
    )


def _section(values: dict[str, Any]) -> Section:
    return Section(**{**values, "paragraphs": tuple(_paragraph(each) for each in values["paragraphs"])})


def _paragraph(values: dict[str, Any]) -> Paragraph:
    return Paragraph(**{**values, "box": _box(values["box"])})


def _figure(values: dict[str, Any]) -> Figure:
    return Figure(**{**values, "box": _box(values["box"]), "sources": tuple(values["sources"])})


def _box(values: list[float] | None) -> Box | None:
    if values is None:
        return None
    x0, y0, x1, y1 = values
    return (x0, y0, x1, y1)
