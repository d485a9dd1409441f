"""Where asks arrive: each is checked at once, run in the background, and heard through a listener."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime

from arxiv_gloss.errors import Busy, GlossError
from arxiv_gloss.events import Event, Failed
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.services.cache import Cache
from arxiv_gloss.services.engines import Engines
from arxiv_gloss.services.gloss import Glosser, utc_now
from arxiv_gloss.services.paper import Ask, complete, prepare
from arxiv_gloss.services.runs import INTERACTIVE, LISTED, Cancelling, Listener, Runs
from arxiv_gloss.services.terms import Terms

AHEAD = 4
"""Papers of one list that wait or run at the same time, so that several lists share the workers fairly."""


class Desk:
    """Joins the glosser, the runs and arXiv. Safe to use from several threads."""

    def __init__(
        self,
        engines: Engines,
        cache: Cache,
        runs: Runs,
        arxiv: Arxiv | None,
        terms: Terms,
        clock: Callable[[], float] = time.perf_counter,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """`arxiv` None: never ask arXiv."""
        self.engines = engines
        self.cache = cache
        self._runs = runs
        self._arxiv = arxiv
        self._terms = terms
        self._clock = clock
        self._now = now

    def gloss(self, ask: Ask, rank: int = INTERACTIVE) -> Listener:
        """The events of one gloss. Raises GlossError for what can be known before work begins."""
        ask = complete(ask, self._arxiv)
        engine = self.engines.glosser()
        paper = prepare(ask, engine.info.targets)
        glosser = Glosser(engine, self.cache, self._clock, self._terms.glossaries, self._now)
        return self._runs.listen(ask, lambda cancelled: glosser.gloss(paper, cancelled), rank)

    def glosses(self, asks: Sequence[Ask]) -> Listing:
        """The events of many glosses, paper by paper. Raises GlossError only when none of them can be made."""
        self.engines.glosser()
        return Listing(self, asks)


class Listing:
    """Events of a list of papers, each with the paper's position. A paper that fails does not stop the others."""

    def __init__(self, desk: Desk, asks: Sequence[Ask]) -> None:
        self.gone: Cancelling = lambda: False
        self._desk = desk
        self._asks = iter(asks)
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
                    yield position, event
                listener.close()
            self._ahead.popleft()
            self._fill()
            position += 1

    def _fill(self) -> None:
        while len(self._ahead) < AHEAD and (ask := next(self._asks, None)) is not None:
            try:
                self._ahead.append(self._desk.gloss(ask, LISTED))
            except GlossError as problem:
                self._ahead.append(problem)
