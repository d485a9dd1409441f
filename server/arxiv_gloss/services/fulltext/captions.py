"""Captions of figures and tables, translated in full."""

from __future__ import annotations

from collections.abc import Iterator

from arxiv_gloss.events import FigureCaption, Flag, Translated
from arxiv_gloss.papers.document import Document, Figure, Paragraph
from arxiv_gloss.services.fulltext.chunks import pieces, sentences
from arxiv_gloss.services.fulltext.context import Reading
from arxiv_gloss.text.length_split import joined
from arxiv_gloss.text.targets import language_of


def caption(reading: Reading, document: Document, index: int) -> FigureCaption:
    """Raises EngineError or Cancelled."""
    figure = document.figures[index]
    text, flags = figure.caption, list[Flag]()
    if reading.translates:
        events = list(_translated(reading, document.title, figure))
        text = joined([one for one, _ in events], language_of(reading.target))
        flags = [flag for _, found in events for flag in found]
    told = Translated(figure.caption, text)
    pictures = list(figure.sources)
    return FigureCaption(index, figure.kind, figure.number, told, figure.page, flags, figure.anchor, pictures)


def _translated(reading: Reading, title: str, figure: Figure) -> Iterator[tuple[str, list[Flag]]]:
    for piece in pieces(title, sentences([Paragraph(figure.caption)]), reading.target, reading.terms):
        for event in reading.in_full(piece.paper):
            yield event.text, event.flags
