"""One gloss on its way: first all of it by the installed models, then what the reader's own model makes better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from arxiv_gloss.events import Event, Rewriting
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.result import GlossAccumulator
from arxiv_gloss.services.gloss.rewriting import OwnTexts
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.section import GlossSection, decode_sections
from arxiv_gloss.services.gloss.taiwan import in_script_of

Unify = Callable[[GlossAccumulator], Iterator[Event]]
"""Events for all texts that unified terms change."""


class GlossRun:
    """The events of one paper, in two halves; the second may be made by another thread, after the first."""

    def __init__(
        self, paper: Paper, rows: Rows, sections: Sequence[GlossSection], unify: Unify, own: OwnTexts | None
    ) -> None:
        self.paper = paper
        self.collected = GlossAccumulator()
        self.own = own
        self._rows = rows
        self._sections = sections
        self._unify = unify

    @property
    def cached(self) -> bool:
        """Whether nothing had to be made anew."""
        return self._rows.cached and (self.own is None or self.own.cached)

    def first(self) -> Iterator[Event]:
        """`started`, each text as soon as it is there, and again those that unified terms change."""
        yield self.paper.started
        yield from self._told(decode_sections(self._sections, self._rows))
        yield from self._told(self._unify(self.collected))

    @property
    def has_second(self) -> bool:
        """Whether the reader's own model has something to write; known after the first half."""
        return self.own is not None and bool(self.own.wanted(self._sections))

    def second(self) -> Iterator[Event]:
        """`rewriting`, then the texts of the reader's own model that take another's place."""
        if self.own is None or not (wanted := self.own.wanted(self._sections)):
            return
        yield Rewriting(self.own.name)
        yield from self._told(chain(self.own.events(wanted), self._later(self._unify)))

    def _later(self, make: Unify) -> Iterator[Event]:
        yield from make(self.collected)

    def _told(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self.collected.add(event)
            yield in_script_of(event, self.paper.query.target)
