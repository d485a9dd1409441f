"""The use case: a PDF or a Document in, the gloss of the whole paper out as a stream of events."""

from __future__ import annotations

import base64
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import Cancelled, PdfBroken
from arxiv_gloss.events import (
    FigureCaption,
    OutlineSection,
    PagesRead,
    PaperOutline,
    Picture,
    Point,
    SectionGist,
    WholeEvent,
)
from arxiv_gloss.papers.document import Document, bounded
from arxiv_gloss.papers.pdf import process
from arxiv_gloss.services.fulltext.abstract import gloss_abstract
from arxiv_gloss.services.fulltext.captions import gloss_caption
from arxiv_gloss.services.fulltext.context import Context
from arxiv_gloss.services.fulltext.notices import notices
from arxiv_gloss.services.fulltext.result import PaperAccumulator
from arxiv_gloss.services.fulltext.section import GlossedSection, gloss_section
from arxiv_gloss.services.fulltext.takeaways import body_takeaways
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.taiwan import in_script_of

_WORKERS = 2
"""Sections that are glossed at the same time."""


def _never() -> bool:
    return False


class FullTextGlosser:
    """Glosses whole papers with one glosser. Safe to use from several threads."""

    def __init__(self, glosser: Glosser, clock: Clock | None = None) -> None:
        self._glosser = glosser
        self._clock = clock or Clock()

    def from_pdf(
        self, pdf: bytes, query: GlossQuery, pictures: bool = False, cancelled: Callable[[], bool] = _never
    ) -> Iterator[WholeEvent]:
        """Yield `pages` while it is read, the gloss of the document, and at last its pictures.

        `query` names the target and, where known, the paper's id and title; its abstract is the document's where it is
        None. Raises PdfError, BadRequest, EngineError, or Cancelled as soon as `cancelled` says so.
        """
        begun = self._clock.seconds()
        read = process.read_pdf(pdf, pictures=pictures)
        document = yield from _read(read, cancelled)
        collected = PaperAccumulator()
        yield from self._gloss(document, query, cancelled, collected)
        for event in read if pictures else ():
            if isinstance(event, process.FigureCrop):
                yield Picture(event.index, base64.b64encode(event.png).decode())
        yield self._glosser.done(query, self._clock.seconds() - begun, collected.counts(), cached=False)

    def from_document(
        self, document: Document, query: GlossQuery, cancelled: Callable[[], bool] = _never
    ) -> Iterator[WholeEvent]:
        """The same for a paper that has been read already, from HTML or from a PDF."""
        begun = self._clock.seconds()
        collected = PaperAccumulator()
        yield from self._gloss(document, query, cancelled, collected)
        yield self._glosser.done(query, self._clock.seconds() - begun, collected.counts(), cached=False)

    def _gloss(
        self, document: Document, query: GlossQuery, cancelled: Callable[[], bool], collected: PaperAccumulator
    ) -> Iterator[WholeEvent]:
        """Abstract, sections, captions; then what the body adds to the abstract's takeaways. All are `collected`."""
        document = bounded(document)
        texts = [query.title or document.title, query.abstract or document.abstract]
        terms = self._glosser.terms(query.target)(query.categories, texts)
        context = Context(self._glosser, query.target, cancelled, terms)
        events: Iterator[WholeEvent] = chain([outline(document, query)], gloss_abstract(context, document, query))
        for event in events:
            collected.add(event)
            yield event
        for event in _body(context, document, collected.points()):
            collected.add(event)
            yield in_script_of(event, query.target)


def _read(
    read: Iterator[process.ReadProgress | Document | process.FigureCrop], cancelled: Callable[[], bool]
) -> Generator[WholeEvent, None, Document]:
    """The document, once the pages before it have been read."""
    for event in read:
        if cancelled():
            raise Cancelled("Nobody waits for this any more.")
        if isinstance(event, Document):
            return event
        if isinstance(event, process.ReadProgress):
            yield PagesRead(event.done, event.of)
    raise PdfBroken("The PDF could not be read.")


def _body(
    context: Context, document: Document, abstract: Sequence[Point]
) -> Iterator[SectionGist | FigureCaption | Point]:
    """Sections and captions, some at the same time, in order; then the takeaways that follow those of the abstract."""
    sections: list[GlossedSection] = []
    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="section") as pool:
        read = [
            pool.submit(gloss_section, context, document.title, index, section)
            for index, section in enumerate(document.sections)
        ]
        captions = [pool.submit(gloss_caption, context, document, index) for index in range(len(document.figures))]
        try:
            for future in read:
                sections.append(future.result())
                yield sections[-1].event
            for done in captions:
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    yield from body_takeaways(abstract, sections)


def outline(document: Document, query: GlossQuery) -> PaperOutline:
    return PaperOutline(
        document.title,
        list(document.authors),
        document.pages,
        [OutlineSection(k, one.title, one.level, one.page, one.anchor) for k, one in enumerate(document.sections)],
        len(document.figures),
        list(notices(document, query)),
    )
