"""Captions of figures and tables, translated in full."""

from __future__ import annotations

from collections.abc import Iterator

from arxiv_gloss.events import FigureCaption, Flag, Translated
from arxiv_gloss.papers.document import Document, Figure, Paragraph
from arxiv_gloss.services.fulltext.chunks import chunk_sentences, chunks
from arxiv_gloss.services.fulltext.context import Context
from arxiv_gloss.text.length_split import joined
from arxiv_gloss.text.targets import language_of


def gloss_caption(context: Context, document: Document, index: int) -> FigureCaption:
    """Raises EngineError or Cancelled."""
    figure = document.figures[index]
    text, flags = figure.caption, list[Flag]()
    if context.translates:
        events = list(_translated(context, document.title, figure))
        text = joined([one for one, _ in events], language_of(context.target))
        flags = [flag for _, found in events for flag in found]
    caption = Translated(figure.caption, text)
    pictures = list(figure.sources)
    return FigureCaption(index, figure.kind, figure.number, caption, figure.page, flags, figure.anchor, pictures)


def _translated(context: Context, title: str, figure: Figure) -> Iterator[tuple[str, list[Flag]]]:
    for chunk in chunks(title, chunk_sentences([Paragraph(figure.caption)]), context.target, context.terms):
        for event in context.in_full(chunk.paper):
            yield event.text, event.flags
