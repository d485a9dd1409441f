"""Entry point for gloss requests: validates, queues the job and returns a subscription to its events."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import cast

from arxiv_gloss.clock import Clock
from arxiv_gloss.errors import Busy, GlossError, UnknownTarget
from arxiv_gloss.events import AnyEvent, Event, Failed, WholeEvent
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.html import read_html
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.registry.engines import EngineRegistry
from arxiv_gloss.registry.llm import OwnModel
from arxiv_gloss.services.fulltext.glosser import FullTextGlosser
from arxiv_gloss.services.fulltext.paragraphs import ParagraphQuery, heading_events
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.query import GlossQuery, check_wanted, complete, complete_all
from arxiv_gloss.services.jobs.queue import (
    ASKING,
    INTERACTIVE,
    LISTED,
    LONG,
    REWRITING,
    IsCancelled,
    JobQueue,
    MoveTo,
    Subscription,
)
from arxiv_gloss.storage.glossary import ReaderGlossary
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.targets import targets_of
from arxiv_gloss.text.terms.lexicon import Lexicon

_AHEAD = 4
"""Of one list, what waits or runs at the same time, so that several lists share the workers fairly."""


class GlossService:
    """Glosses papers as jobs of one queue. Safe to use from several threads."""

    def __init__(
        self,
        engines: EngineRegistry,
        cache: RowCache,
        jobs: JobQueue,
        arxiv: Arxiv | None,
        glossary: ReaderGlossary,
        papers: Papers,
        clock: Clock | None = None,
        lexicon: Callable[[], Lexicon] = dict,
        own: OwnModel | None = None,
    ) -> None:
        """`arxiv` None: arXiv is never asked. `lexicon`, `own`: as Glosser has them; `own` writes for the panel alone,
        not for lists and whole papers."""
        self._engines = engines
        self._cache = cache
        self._jobs = jobs
        self._arxiv = arxiv
        self._glossary = glossary
        self._papers = papers
        self._clock = clock or Clock()
        self._lexicon = lexicon
        self._own = own

    def gloss(self, query: GlossQuery, priority: int = INTERACTIVE) -> Subscription:
        """The events of one gloss. Raises GlossError for what can be known before work begins."""
        own = self._own if priority == INTERACTIVE else None
        glosser = self._glosser(query.target, own)
        if not query.is_complete:
            return self._gloss_by_id(query, glosser)
        return self._jobs.subscribe(
            (query, own is None), partial(self._work, glosser, glosser.prepare(query)), priority
        )

    def _work(self, glosser: Glosser, paper: Paper, cancelled: IsCancelled) -> Iterator[AnyEvent | MoveTo]:
        """A gloss as a job: the reader's own model, which may take long, holds up no other gloss."""
        begun = self._clock.seconds()
        run = glosser.start(paper, cancelled)
        yield from run.first()
        if run.has_second:
            yield MoveTo(REWRITING)
        yield from run.second()
        yield glosser.finished(run, self._clock.seconds() - begun)

    def _gloss_by_id(self, query: GlossQuery, glosser: Glosser) -> Subscription:
        """A paper of which arXiv must be asked first, in a lane of its own. Raises what can be known without arXiv."""
        check_wanted(query, self._arxiv)
        self._check_target(query.target, glosser)

        def work(cancelled: IsCancelled) -> Iterator[AnyEvent | MoveTo]:
            yield from self._work(glosser, glosser.prepare(complete(query, self._arxiv)), cancelled)

        return self._jobs.subscribe(("by id", query), work, ASKING)

    def gloss_pdf(self, query: GlossQuery, pdf: bytes | None, pictures: bool = False) -> Subscription:
        """The events of a whole paper's gloss, from its PDF, or from the one that arXiv has of the paper `query.id`.

        Raises BadPaperId or UnknownTarget; what the PDF turns out to be is part of the stream.
        """
        glosser = self._full_text_glosser(query)
        wanted = PaperId.parse(query.id) if pdf is None and query.id else None

        def work(cancelled: IsCancelled) -> Iterator[WholeEvent]:
            content, sent = (pdf, None) if wanted is None else self._papers.pdf(wanted)
            completed = replace(query, requests_sent=(sent,) if sent else ())
            yield from glosser.from_pdf(content or b"", completed, pictures, cancelled)

        return self._jobs.subscribe(("pdf", query, pdf and sha256(pdf).digest(), pictures), work, LONG)

    def gloss_html(self, query: GlossQuery, page: str) -> Subscription:
        """The same from a paper's HTML page on arXiv; what the page turns out to be is part of the stream."""
        glosser = self._full_text_glosser(query)

        def work(cancelled: IsCancelled) -> Iterator[WholeEvent]:
            yield from glosser.from_document(read_html(page), query, cancelled)

        return self._jobs.subscribe(("html", query, sha256(page.encode()).digest()), work, LONG)

    def gloss_list(self, queries: Sequence[GlossQuery]) -> ListSubscription:
        """The events of many glosses, paper by paper. Raises GlossError only when none of them can be made."""
        self._engines.glosser()
        completed = complete_all(queries, self._arxiv)
        return ListSubscription(
            query if isinstance(query, GlossError) else partial(self.gloss, query, LISTED) for query in completed
        )

    def translate_paragraphs(self, queries: Sequence[ParagraphQuery]) -> ListSubscription:
        """The events of many paragraphs, one after the other. Raises GlossError only when none can be translated."""
        self._check_target(queries[0].target, self._glosser(queries[0].target))
        return ListSubscription(partial(self._translate, query) for query in queries)

    def _translate(self, query: ParagraphQuery) -> Subscription:
        """Raises GlossError for what can be known before work begins."""
        if query.kind == "paragraph":
            return self.gloss(query.as_abstract, LISTED)
        events = heading_events(self._glosser(query.target), query, self._clock)
        return self._jobs.subscribe(("heading", query), events, LISTED)

    def _glosser(self, target: str, own: OwnModel | None = None) -> Glosser:
        engine, glossaries = self._engines.engine(target), self._glossary.glossaries
        return Glosser(engine, self._cache, self._clock, glossaries, self._lexicon, own)

    def _full_text_glosser(self, query: GlossQuery) -> FullTextGlosser:
        """Raises UnknownTarget."""
        glosser = self._glosser(query.target)
        self._check_target(query.target, glosser)
        return FullTextGlosser(glosser, self._clock)

    def _check_target(self, target: str, glosser: Glosser) -> None:
        if target not in targets_of(glosser.engine.info.targets):
            raise UnknownTarget(f"No installed model translates into {target!r}.")


class ListSubscription:
    """Events of a list of papers or paragraphs, each with its position. One that fails does not stop the others."""

    def __init__(self, jobs: Iterator[Callable[[], Subscription] | GlossError]) -> None:
        """`jobs`: how each is begun, or why one cannot be. Raises Busy when not even the first can wait."""
        self.disconnected: Callable[[], bool] = lambda: False
        self._jobs = jobs
        self._ahead: deque[Subscription | GlossError] = deque()
        self._fill()
        if self._ahead and isinstance(self._ahead[0], Busy):
            raise self._ahead[0]
        self._events = self._read()

    def __iter__(self) -> Iterator[tuple[int, Event]]:
        return self._events

    def close(self) -> None:
        self._events.close()
        for subscription in self._ahead:
            if isinstance(subscription, Subscription):
                subscription.close()

    def _read(self) -> Generator[tuple[int, Event], None, None]:
        position = 0
        while self._ahead and not self.disconnected():
            subscription = self._ahead[0]
            if isinstance(subscription, GlossError):
                yield position, Failed(subscription.code, subscription.message)
            else:
                subscription.disconnected = self.disconnected
                for event in subscription:
                    yield position, cast(Event, event)
                subscription.close()
            self._ahead.popleft()
            self._fill()
            position += 1

    def _fill(self) -> None:
        while len(self._ahead) < _AHEAD and (begin := next(self._jobs, None)) is not None:
            try:
                self._ahead.append(begin if isinstance(begin, GlossError) else begin())
            except GlossError as problem:
                self._ahead.append(problem)
