"""The heart: one paper in, its gloss out as a stream of events."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from arxiv_gloss import __version__
from arxiv_gloss.clock import utc_now
from arxiv_gloss.engine.protocol import Engine, EngineInfo
from arxiv_gloss.events import Counts, Done, Event, ModelUse
from arxiv_gloss.services.gloss.abstractive import Abstractive
from arxiv_gloss.services.gloss.condensation import Condensed
from arxiv_gloss.services.gloss.extractive import extracted
from arxiv_gloss.services.gloss.paper import Paper, prepare
from arxiv_gloss.services.gloss.query import Ask
from arxiv_gloss.services.gloss.result import Collected, FinishedGloss, finish
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.selection import Salience
from arxiv_gloss.services.gloss.summarizer import summarized
from arxiv_gloss.services.gloss.taiwan import localised
from arxiv_gloss.services.gloss.terminology import one_rendering
from arxiv_gloss.services.gloss.terms import FindPaperTerms, PaperTerms, no_paper_terms
from arxiv_gloss.services.gloss.translation import InFull, Section, told
from arxiv_gloss.storage.glossary import Glossaries, shipped
from arxiv_gloss.storage.row_cache import Cache
from arxiv_gloss.text.numbers.languages import has_table
from arxiv_gloss.text.slots import RULES
from arxiv_gloss.text.targets import ENGLISH, language_of
from arxiv_gloss.text.terms.lexicon import Lexicon
from arxiv_gloss.text.terms.term_base import shipped_base

TERM_RULES = 2
"""The first rules with slots for terms (text/slots.py)."""
GLOSSARY_LANGUAGE = "zh"
"""The language of the glossary and of the lexicon."""
DIGESTED = frozenset({"summary", "takeaways", "gist"})


def _never() -> bool:
    return False


class Glosser:
    """Glosses papers with one engine. Safe to use from several threads."""

    def __init__(
        self,
        engine: Engine,
        cache: Cache,
        clock: Callable[[], float] = time.perf_counter,
        glossaries: Callable[[], Glossaries] = shipped,
        now: Callable[[], datetime] = utc_now,
        lexicon: Callable[[], Lexicon] = dict,
    ) -> None:
        """`glossaries` is asked anew for each paper, so that a change counts at once. `lexicon` is what claims are
        checked with; with an empty one their words are taken as they are."""
        self.engine = engine
        self._cache = cache
        self._clock = clock
        self._glossaries = glossaries
        self._now = now
        self._lexicon = lexicon

    def prepare(self, ask: Ask) -> Paper:
        """The paper of a complete query, checked, cut and marked. Raises as `paper.prepare`."""
        return prepare(ask, self.engine.info.targets, self.terms(ask.target))

    def gloss(self, ask: Ask, cancelled: Callable[[], bool] = _never) -> Iterator[Event]:
        """The events of one query, which is checked at once. Raises as `prepare`; the iterator as `events`."""
        return self.events(self.prepare(ask), cancelled)

    def collect(self, ask: Ask) -> FinishedGloss:
        """The finished gloss of one query. Raises as `prepare` and `events`."""
        return finish(self.gloss(ask))

    def events(self, paper: Paper, cancelled: Callable[[], bool] = _never) -> Iterator[Event]:
        """Yield `started`, then each text as soon as it is there, then `done`.

        All rows of the paper are decoded in one batch, and those that lost something in a second one. Then terms are
        made uniform, and events whose text changed are sent again. Raises BadRequest, EngineError, or Cancelled as
        soon as `cancelled` says so; finished rows stay in the cache.
        """
        begun = self._clock()
        rows = self.rows(paper, cancelled)
        collected = Collected()
        yield paper.started
        for event in self._checked(paper, rows, collected):
            collected.add(event)
            yield localised(event, paper.ask.target)
        yield self.done(paper.ask, self._clock() - begun, collected.counts(), rows.cached)

    def done(self, ask: Ask, seconds: float, counts: Counts, cached: bool) -> Done:
        """The last event of a gloss, of an abstract or of a whole paper."""
        return Done(
            round(seconds, 3),
            cached,
            counts,
            models_used(self.engine.info),
            version=__version__,
            rules=RULES,
            made=self._now().isoformat(timespec="seconds"),
            asked=list(ask.asked),
            digits_only=not has_table(language_of(ask.target)),
        )

    def terms(self, target: str) -> FindPaperTerms:
        """The terms that go through the model as slots: none in a language that has no term base, and none through
        a model that has not learnt them."""
        info = self.engine.info
        knows = info.rules >= TERM_RULES and not any(part.role == "translator" for part in info.parts)
        if language_of(target) != GLOSSARY_LANGUAGE or not knows:
            return no_paper_terms
        return PaperTerms(self._glossaries().own, shipped_base())

    def rows(self, paper: Paper, cancelled: Callable[[], bool] = _never) -> Rows:
        """The rows of a paper, or of a part of one, for callers that assemble them themselves."""
        return Rows(self.engine, self._cache, paper.source, cancelled)

    def _checked(self, paper: Paper, rows: Rows, collected: Collected) -> Iterator[Event]:
        """All texts, and again those that are changed once everything has been `collected`."""
        if paper.ask.target == ENGLISH:
            yield from extracted(self._without_summary(paper), self._salience(rows))
            yield from self._summary(paper, rows)
            return
        yield from self._texts(paper, rows)
        if paper.language == GLOSSARY_LANGUAGE:
            yield from one_rendering(paper, collected, self._glossaries())

    def _texts(self, paper: Paper, rows: Rows) -> Iterator[Event]:
        sections: list[Section] = [InFull(paper)]
        without = self._without_summary(paper)
        if DIGESTED & set(without.ask.parts):
            sections.append(self._digest(without, rows))
        yield from told(sections, rows)
        yield from self._summary(paper, rows)

    def _without_summary(self, paper: Paper) -> Paper:
        """What is left for the glosser to do beside a summarizer."""
        if not self._has_summarizer:
            return paper
        parts = tuple(part for part in paper.ask.parts if part != "summary")
        return replace(paper, ask=replace(paper.ask, parts=parts))

    def _summary(self, paper: Paper, rows: Rows) -> Iterator[Event]:
        """The summarizer's summary, where there is one and it has something to say; else the usual one."""
        if "summary" not in paper.ask.parts or not self._has_summarizer:
            return
        if made := summarized(paper, rows):
            yield made
            return
        alone = replace(paper, ask=replace(paper.ask, parts=("summary",)))
        if paper.ask.target == ENGLISH:
            yield from extracted(alone, self._salience(rows))
        else:
            yield from told([self._digest(alone, rows)], rows)

    @property
    def _has_summarizer(self) -> bool:
        return any(part.role == "summarizer" for part in self.engine.info.parts)

    def _digest(self, paper: Paper, rows: Rows) -> Section:
        salience, lexicon = self._salience(rows), self.lexicon_of(paper)
        return Condensed(paper, salience, lexicon) if salience else Abstractive(paper, lexicon)

    def lexicon_of(self, paper: Paper) -> Lexicon:
        """What claims about a paper are checked with: nothing in a language of which no lexicon is shipped."""
        return self._lexicon() if paper.language == GLOSSARY_LANGUAGE else {}

    def _salience(self, rows: Rows) -> Salience:
        return rows.salience() if self.engine.info.summary == "gist" else ()


def models_used(info: EngineInfo) -> list[ModelUse]:
    """The bundles that took part."""
    if not info.parts:
        return [ModelUse("glosser", info.name, info.digest, info.precision, info.provider)]
    return [ModelUse(one.role, one.name, one.digest, one.precision, one.provider) for one in info.parts]
