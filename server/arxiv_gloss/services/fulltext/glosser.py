"""The use case: a PDF or a Document in, the gloss of the whole paper out as a stream of events."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from arxiv_gloss import __version__
from arxiv_gloss.clock import utc_now
from arxiv_gloss.errors import Cancelled
from arxiv_gloss.events import (
    Counts,
    Done,
    OutlineSection,
    PagesRead,
    PaperOutline,
    Picture,
    Point,
    WholeEvent,
)
from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.pdf import process
from arxiv_gloss.services.fulltext.abstract import glossed
from arxiv_gloss.services.fulltext.captions import caption
from arxiv_gloss.services.fulltext.context import Reading
from arxiv_gloss.services.fulltext.section import ReadSection, read_section
from arxiv_gloss.services.fulltext.takeaways import points
from arxiv_gloss.services.gloss.glosser import Glosser, models_used
from arxiv_gloss.services.gloss.query import Ask
from arxiv_gloss.services.gloss.taiwan import localised
from arxiv_gloss.text.slots import RULES

WORKERS = 2
"""Sections that are read at the same time."""


def _never() -> bool:
    return False


class WholePapers:
    """Glosses whole papers with one glosser. Safe to use from several threads."""

    def __init__(
        self,
        glosser: Glosser,
        clock: Callable[[], float] = time.perf_counter,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._glosser = glosser
        self._clock = clock
        self._now = now

    def from_pdf(
        self, pdf: bytes, ask: Ask, pictures: bool = False, cancelled: Callable[[], bool] = _never
    ) -> Iterator[WholeEvent]:
        """Yield `pages` while it is read, the gloss of the document, and at last its pictures.

        `ask` names the target and, where known, the paper's id and title; its abstract is the document's where it is
        None. Raises PdfError, BadRequest, EngineError, or Cancelled as soon as `cancelled` says so.
        """
        begun = self._clock()
        reading = process.read_pdf(pdf, pictures=pictures)
        document: Document | None = None
        for event in reading:
            if cancelled():
                raise Cancelled("Nobody waits for this any more.")
            if isinstance(event, process.PagesRead):
                yield PagesRead(event.done, event.of)
            elif isinstance(event, Document):
                document = event
                if not pictures:
                    break
                yield from self._gloss(document, ask, cancelled)
            else:
                yield Picture(event.index, base64.b64encode(event.png).decode())
        assert document is not None, "the reader gives a document or raises"
        if not pictures:
            yield from self._gloss(document, ask, cancelled)
        yield self._done(begun, ask)

    def from_document(
        self, document: Document, ask: Ask, cancelled: Callable[[], bool] = _never
    ) -> Iterator[WholeEvent]:
        """The same for a paper that has been read already, from HTML or from a PDF."""
        begun = self._clock()
        yield from self._gloss(document, ask, cancelled)
        yield self._done(begun, ask)

    def _gloss(self, document: Document, ask: Ask, cancelled: Callable[[], bool]) -> Iterator[WholeEvent]:
        for event in self._told(document, ask, cancelled):
            yield localised(event, ask.target)

    def _told(self, document: Document, ask: Ask, cancelled: Callable[[], bool]) -> Iterator[WholeEvent]:
        """Abstract, sections, captions; then what the body adds to the abstract's takeaways."""
        yield outline(document)
        reading = Reading(self._glosser, ask.target, cancelled)
        told: dict[int, Point] = {}
        for event in glossed(reading, document, ask):
            if isinstance(event, Point):
                told[event.index] = event
            yield event
        sections: list[ReadSection] = []
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="section") as pool:
            read = [
                pool.submit(read_section, reading, document.title, index, section)
                for index, section in enumerate(document.sections)
            ]
            captions = [pool.submit(caption, reading, document, index) for index in range(len(document.figures))]
            try:
                for future in read:
                    sections.append(future.result())
                    yield sections[-1].event
                for done in captions:
                    yield done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
        yield from points([told[k] for k in sorted(told)], sections)

    def _done(self, begun: float, ask: Ask) -> Done:
        seconds = round(self._clock() - begun, 3)
        return Done(
            seconds,
            False,
            Counts(0, 0, 0, 0),
            models_used(self._glosser.engine.info),
            version=__version__,
            rules=RULES,
            made=self._now().isoformat(timespec="seconds"),
            asked=list(ask.asked),
        )


def outline(document: Document) -> PaperOutline:
    return PaperOutline(
        document.title,
        list(document.authors),
        document.pages,
        [OutlineSection(k, one.title, one.level, one.page, one.anchor) for k, one in enumerate(document.sections)],
        len(document.figures),
    )
