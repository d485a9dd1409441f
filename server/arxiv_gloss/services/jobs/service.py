"""Where asks arrive: each is checked at once, run in the background, and heard through a listener."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import cast

from arxiv_gloss.clock import utc_now
from arxiv_gloss.errors import Busy, GlossError, UnknownTarget
from arxiv_gloss.events import Event, Failed, WholeEvent
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.html import read_html
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.registry.engines import EngineRegistry
from arxiv_gloss.services.fulltext.glosser import WholePapers
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.query import Ask, complete, complete_all
from arxiv_gloss.services.jobs.queue import INTERACTIVE, LISTED, Cancelling, Listener, Runs
from arxiv_gloss.storage.glossary import Terms
from arxiv_gloss.storage.row_cache import Cache
from arxiv_gloss.text.targets import targets_of
from arxiv_gloss.text.terms.lexicon import Lexicon

AHEAD = 4
"""Papers of one list that wait or run at the same time, so that several lists share the workers fairly."""


class Desk:
    """Joins the glosser, the runs and arXiv. Safe to use from several threads."""

    def __init__(
        self,
        engines: EngineRegistry,
        cache: Cache,
        runs: Runs,
        arxiv: Arxiv | None,
        terms: Terms,
        papers: Papers,
        clock: Callable[[], float] = time.perf_counter,
        now: Callable[[], datetime] = utc_now,
        lexicon: Callable[[], Lexicon] = dict,
    ) -> None:
        """`arxiv` None: never ask arXiv. `lexicon`: as Glosser has it."""
        self.engines = engines
        self.cache = cache
        self._runs = runs
        self.arxiv = arxiv
        self._terms = terms
        self._papers = papers
        self._clock = clock
        self._now = now
        self._lexicon = lexicon

    def gloss(self, ask: Ask, rank: int = INTERACTIVE) -> Listener:
        """The events of one gloss. Raises GlossError for what can be known before work begins."""
        ask = complete(ask, self.arxiv)
        glosser = self._glosser(ask.target)
        return self._runs.listen(ask, partial(glosser.events, glosser.prepare(ask)), rank)

    def whole(self, ask: Ask, pdf: bytes | None, pictures: bool = False) -> Listener:
        """The events of a whole paper's gloss, from its PDF, or from the one that arXiv has of the paper `ask.id`.

        Raises BadPaperId or UnknownTarget; what the PDF turns out to be is part of the stream.
        """
        whole = self._whole(ask)
        wanted = PaperId.parse(ask.id) if pdf is None and ask.id else None

        def work(cancelled: Cancelling) -> Iterator[WholeEvent]:
            content, asked = (pdf, None) if wanted is None else self._papers.pdf(wanted)
            done = replace(ask, asked=(asked,) if asked else ())
            yield from whole.from_pdf(content or b"", done, pictures, cancelled)

        return self._runs.listen(("whole", ask, pdf and sha256(pdf).digest(), pictures), work)

    def html(self, ask: Ask, page: str) -> Listener:
        """The same from a paper's HTML page on arXiv; what the page turns out to be is part of the stream."""
        whole = self._whole(ask)

        def work(cancelled: Cancelling) -> Iterator[WholeEvent]:
            yield from whole.from_document(read_html(page), ask, cancelled)

        return self._runs.listen(("html", ask, sha256(page.encode()).digest()), work)

    def _whole(self, ask: Ask) -> WholePapers:
        """Raises UnknownTarget."""
        glosser = self._glosser(ask.target)
        if ask.target not in targets_of(glosser.engine.info.targets):
            raise UnknownTarget(f"No installed model translates into {ask.target!r}.")
        return WholePapers(glosser, self._clock)

    def _glosser(self, target: str) -> Glosser:
        engine, glossaries = self.engines.engine(target), self._terms.glossaries
        return Glosser(engine, self.cache, self._clock, glossaries, self._now, self._lexicon)

    def glosses(self, asks: Sequence[Ask]) -> Listing:
        """The events of many glosses, paper by paper. Raises GlossError only when none of them can be made."""
        self.engines.glosser()
        return Listing(self, asks)


class Listing:
    """Events of a list of papers, each with the paper's position. A paper that fails does not stop the others."""

    def __init__(self, desk: Desk, asks: Sequence[Ask]) -> None:
        self.gone: Cancelling = lambda: False
        self._desk = desk
        self._asks = complete_all(asks, desk.arxiv)
        self._ahead: deque[Listener | GlossError] = deque()
        self._fill()
        if self._ahead and isinstance(self._ahead[0], Busy):
            raise self._ahead[0]
        self._events = self._read()

    def __iter__(self) -> Iterator[tuple[int, Event]]:
        return self._events

    def close(self) -> None:
        self._events.close()
        for listener in self._ahead:
            if isinstance(listener, Listener):
                listener.close()

    def _read(self) -> Generator[tuple[int, Event], None, None]:
        position = 0
        while self._ahead and not self.gone():
            listener = self._ahead[0]
            if isinstance(listener, GlossError):
                yield position, Failed(listener.code, listener.message)
            else:
                listener.gone = self.gone
                for event in listener:
                    yield position, cast(Event, event)
                listener.close()
            self._ahead.popleft()
            self._fill()
            position += 1

    def _fill(self) -> None:
        while len(self._ahead) < AHEAD and (ask := next(self._asks, None)) is not None:
            try:
                self._ahead.append(ask if isinstance(ask, GlossError) else self._desk.gloss(ask, LISTED))
            except GlossError as problem:
                self._ahead.append(problem)
