"""From an open PDF to a `Document`: the steps in their order. Runs inside the worker's process."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pymupdf

from arxiv_gloss.errors import PdfNoText, PdfTooLarge
from arxiv_gloss.papers.document import Box, Document, Figure, Notice, Section
from arxiv_gloss.papers.pdf import figures
from arxiv_gloss.papers.pdf.abstract import take_abstract
from arxiv_gloss.papers.pdf.body import Body, measure
from arxiv_gloss.papers.pdf.captions import Caption, find_captions
from arxiv_gloss.papers.pdf.columns import in_reading_order, set_columns, set_rows
from arxiv_gloss.papers.pdf.front import read_front
from arxiv_gloss.papers.pdf.furniture import remove_furniture
from arxiv_gloss.papers.pdf.headings import find_headings, part_run_in
from arxiv_gloss.papers.pdf.labels import without_label
from arxiv_gloss.papers.pdf.lines import Line
from arxiv_gloss.papers.pdf.notes import mark_of, take_notes
from arxiv_gloss.papers.pdf.page import Page, read_page
from arxiv_gloss.papers.pdf.paragraphs import Joiner, count_words
from arxiv_gloss.papers.pdf.parts import PaperPart, parts_of
from arxiv_gloss.papers.pdf.references import entries

_FEWEST_LETTERS = 40
_REFERENCES = re.compile(r"references(?: and notes)?|bibliography|literature cited")
_CONTENTS = re.compile(r"(?:table of )?contents|list of (?:figures|tables)")
_LEADER = re.compile(r"(?:\. ?){3,}|(?<!\d)\d+$")


def parse_pdf(
    document: pymupdf.Document,
    progress: Callable[[int, int], None] = lambda page, of: None,
    most_characters: int = 2_000_000,
) -> Document:
    """Reads all pages; calls `progress(page, of)` after each. Raises PdfTooLarge and PdfNoText."""
    pages: list[Page] = []
    for number in range(document.page_count):
        pages.append(read_page(document, number))
        if sum(len(line.text) for page in pages for line in page.lines) > most_characters:
            raise PdfTooLarge(f"The PDF has more than {most_characters:,} characters; a paper has far fewer.")
        progress(len(pages), document.page_count)
    _remove_garbled(pages)
    _check_text(pages)
    notices = _notices(pages)
    remove_furniture(pages)
    set_columns(pages)
    for page in pages:
        set_rows(page)
    return replace(_Reading(pages, measure(pages)).document(), notices=notices)


def _remove_garbled(pages: list[Page]) -> None:
    """Where a font cannot be read on some page, a single line that looks so elsewhere cannot be read either."""
    if any(page.garbled for page in pages):
        for page in pages:
            away = {id(line) for line in page.doubtful}
            page.lines = [line for line in page.lines if id(line) not in away]
            page.garbled |= bool(away)


def _check_text(pages: list[Page]) -> None:
    """Raises PdfNoText where there is nothing to read, with the reason."""
    letters = sum(line.letters for page in pages for line in page.lines)
    if letters < _FEWEST_LETTERS and any(page.garbled for page in pages):
        raise PdfNoText(
            "The letters of this PDF cannot be read: its fonts do not say which characters they print. "
            "Print it to a PDF of pictures and put that through text recognition."
        )
    if letters < _FEWEST_LETTERS and any(page.scanned for page in pages):
        raise PdfNoText("The PDF has no text, only pictures of it: a scan has to go through text recognition first.")
    if not letters:
        raise PdfNoText("The PDF has no text.")


def _notices(pages: list[Page]) -> tuple[Notice, ...]:
    found = {
        "text_recognised": [page.number for page in pages if page.recognised],
        "letters_unreadable": [page.number for page in pages if page.garbled],
        "pages_without_text": [page.number for page in pages if page.scanned and not page.lines and not page.garbled],
    }
    return tuple(Notice(code, tuple(numbers)) for code, numbers in found.items() if numbers)


class _Reading:
    """One paper on its way from pages to a document; each step takes what it understands off the pages."""

    def __init__(self, pages: list[Page], body: Body) -> None:
        self._pages = pages
        self._body = body
        self._words = count_words([line for page in pages for line in page.lines])

    def document(self) -> Document:
        found = self._take_figures()
        notes = [(page.number, note) for page in self._pages for note in take_notes(page, self._body)]
        marks = {
            page.number: frozenset(mark for number, note in notes if number == page.number and (mark := mark_of(note)))
            for page in self._pages
        }
        joiner = Joiner(self._body, marks, self._words)
        self._remove_contents()
        lines = [part for page in self._pages for line in in_reading_order(page) for part in part_run_in(line)]
        by_number = {page.number: page for page in self._pages}
        headings = find_headings(lines, by_number, self._body)
        front, zone = read_front(self._pages[0], headings, self._body)
        away = {id(line) for line in zone}
        text = [line for line in lines if id(line) not in away]
        # Once more without the title, which must not pass for the highest of the headings.
        parts = parts_of(text, find_headings(text, by_number, self._body))
        abstract, parts = take_abstract(parts, front.abstract, joiner, self._pages)
        references, parts = self._references(parts, joiner)
        return Document(
            title=joiner.text(front.title),
            authors=front.authors,
            abstract=abstract,
            sections=tuple(self._section(part, joiner) for part in parts if part.heading or part.lines),
            figures=tuple(self._figure(caption, box, joiner) for caption, box in found),
            footnotes=tuple(joined for _, note in notes for joined in joiner.paragraphs(note)[:1]),
            references=tuple(references),
            pages=len(self._pages),
        )

    def _take_figures(self) -> list[tuple[Caption, Box | None]]:
        """Finds captions and pictures, and takes their lines off the pages."""
        captions = find_captions(self._pages, self._body)
        sides = figures.usual_sides(self._pages, captions, self._body)
        found: list[tuple[Caption, Box | None]] = []
        for page in self._pages:
            here = [caption for caption in captions if caption.page == page.number]
            boxes = figures.find_pictures(page, here, self._body, sides)
            found.extend(zip(here, boxes, strict=True))
            away = {id(line) for caption in here for line in caption.lines}
            pictures = [box for box in boxes if box]
            page.lines = [
                line for line in page.lines if id(line) not in away and not any(_inside(line, box) for box in pictures)
            ]
        return found

    def _remove_contents(self) -> None:
        """Takes tables of contents off the pages: from their heading down, every line that leads to a page number."""
        for page in self._pages:
            titles = [line for line in page.lines if _CONTENTS.fullmatch(line.text.lower().strip(" .:"))]
            if titles:
                top = titles[0].baseline
                numbered = [line.baseline for line in page.lines if _LEADER.search(line.text)]
                page.lines = [
                    line
                    for line in page.lines
                    if line.baseline < top or not any(abs(line.baseline - height) < 2 for height in [top, *numbered])
                ]

    def _references(self, parts: list[PaperPart], joiner: Joiner) -> tuple[list[str], list[PaperPart]]:
        """The entries of the bibliography, and the parts without it; it may follow the text without a heading."""
        references: list[str] = []
        rest: list[PaperPart] = []
        for part in parts:
            if _REFERENCES.fullmatch(part.name):
                references.extend(entries(part.lines, joiner))
            else:
                rest.append(part)
        if not references and rest:
            last = rest[-1]
            first = next((line for line in last.lines if re.match(r"\[1\]", line.text)), None)
            if first is not None:
                # In two columns the last of the text may stand between entries, in larger type.
                tail = last.lines[last.lines.index(first) :]
                listed = {id(line) for line in tail if abs(line.size - first.size) < 0.4}
                references.extend(entries([line for line in tail if id(line) in listed], joiner))
                last.lines = [line for line in last.lines if id(line) not in listed]
        return references, rest

    def _section(self, part: PaperPart, joiner: Joiner) -> Section:
        heading = part.heading
        paragraphs = tuple(joiner.paragraphs(part.lines))
        if heading is None:
            return Section("", 1, part.lines[0].page, paragraphs)
        return Section(joiner.text(list(heading.lines)), heading.level, heading.lines[0].page, paragraphs)

    def _figure(self, caption: Caption, box: Box | None, joiner: Joiner) -> Figure:
        text = without_label(joiner.text(list(caption.lines)))
        return Figure(caption.kind, caption.number, text, caption.page, box)


def _inside(line: Line, box: Box) -> bool:
    middle, height = (line.x0 + line.x1) / 2, line.baseline - 0.3 * line.size
    return box[0] <= middle <= box[2] and box[1] <= height <= box[3]
