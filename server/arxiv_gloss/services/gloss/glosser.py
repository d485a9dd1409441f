"""One paper in, its gloss out as a stream of events."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec.structs import replace

from arxiv_gloss import __version__
from arxiv_gloss.clock import Clock
from arxiv_gloss.engine.protocol import Engine, EngineInfo
from arxiv_gloss.events import Counts, Done, Event, ModelUse, Part
from arxiv_gloss.registry.llm import OwnModel
from arxiv_gloss.services.gloss.abstractive import AbstractiveSection
from arxiv_gloss.services.gloss.condensation import CondensationSection
from arxiv_gloss.services.gloss.doubt import Doubt, is_outside
from arxiv_gloss.services.gloss.extractive import ExtractiveSection
from arxiv_gloss.services.gloss.paper import Paper, prepare
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossAccumulator, GlossResult, collect
from arxiv_gloss.services.gloss.rewriting import OwnTexts
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.run import GlossRun
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.services.gloss.selection import Salience, english_only
from arxiv_gloss.services.gloss.summarizer import SummarizerSection
from arxiv_gloss.services.gloss.terminology import unify_terms
from arxiv_gloss.services.gloss.terms import FindPaperTerms, PaperTerms, no_paper_terms
from arxiv_gloss.services.gloss.translation import TranslationSection
from arxiv_gloss.storage.glossary import Glossaries, shipped
from arxiv_gloss.storage.row_cache import RowCache
from arxiv_gloss.text.confidence import shipped_doubt
from arxiv_gloss.text.numbers.languages import has_table
from arxiv_gloss.text.slots import RULES, FindTerms
from arxiv_gloss.text.targets import ENGLISH, language_of
from arxiv_gloss.text.terms.lexicon import Lexicon
from arxiv_gloss.text.terms.term_base import shipped_base

TERM_RULES = 2
"""The first rules with slots for terms (text/slots.py)."""
GLOSSARY_LANGUAGE = "zh"
"""The language of the glossary and of the lexicon."""
CONDENSED: frozenset[Part] = frozenset({"summary", "takeaways", "gist"})


def _never() -> bool:
    return False


class Glosser:
    """Glosses papers with one engine. Safe to use from several threads."""

    def __init__(
        self,
        engine: Engine,
        cache: RowCache,
        clock: Clock | None = None,
        glossaries: Callable[[], Glossaries] = shipped,
        lexicon: Callable[[], Lexicon] = dict,
        own: OwnModel | None = None,
    ) -> None:
        """`own` writes after `engine`, where it may. `glossaries` is called for each paper, so that a change counts at
        once. `lexicon` gives what claims are checked with; with an empty one their words are not checked."""
        self.engine = engine
        self._cache = cache
        self._clock = clock or Clock()
        self._glossaries = glossaries
        self._lexicon = lexicon
        self._own = own

    def prepare(self, query: GlossQuery) -> Paper:
        """The paper of a complete query, checked, cut and marked. Raises as `paper.prepare`."""
        return prepare(query, self.engine.info.targets, self.terms(query.target))

    def gloss(self, query: GlossQuery, cancelled: Callable[[], bool] = _never) -> Iterator[Event]:
        """The events of one query, which is checked at once. Raises as `prepare`; the iterator as `events`."""
        return self.events(self.prepare(query), cancelled)

    def collect(self, query: GlossQuery) -> GlossResult:
        """The finished gloss of one query. Raises as `prepare` and `events`."""
        return collect(self.gloss(query))

    def events(self, paper: Paper, cancelled: Callable[[], bool] = _never) -> Iterator[Event]:
        """Yield `started`, then each text as soon as it is there, then `done`.

        All rows of the paper are decoded in one batch, and those that lost something in a second one. Then terms are
        unified, and events whose text changed are sent again. Last comes the reader's own model. Raises BadRequest,
        EngineError, or Cancelled as soon as `cancelled` says so; finished rows stay in the cache.
        """
        begun = self._clock.seconds()
        run = self.start(paper, cancelled)
        yield from run.first()
        yield from run.second()
        yield self.finished(run, self._clock.seconds() - begun)

    def start(self, paper: Paper, cancelled: Callable[[], bool] = _never) -> GlossRun:
        """The same in its two halves, for callers that part them. Nothing is done yet but to look at the cache."""
        rows = self.rows(paper, cancelled)

        def unify(collected: GlossAccumulator) -> Iterator[Event]:
            return (
                unify_terms(paper, collected, self._glossaries()) if paper.language == GLOSSARY_LANGUAGE else iter(())
            )

        return GlossRun(paper, rows, self._sections(paper, rows), unify, self._own_texts(paper, cancelled))

    def finished(self, run: GlossRun, seconds: float) -> Done:
        """The last event of a run that took so long."""
        outside = self.is_outside(run.collected.confidences())
        done = self.done(run.paper.query, seconds, run.collected.counts(), run.cached, outside)
        if run.own is None:
            return done
        models, asked = [*done.models, *run.own.models()], [*done.asked, *run.own.sent_to()]
        return replace(done, models=models, asked=asked, notices=run.own.notices)

    def done(self, query: GlossQuery, seconds: float, counts: Counts, cached: bool, doubtful: bool = False) -> Done:
        """The last event of a gloss, of an abstract or of a whole paper."""
        return Done(
            round(seconds, 3),
            cached,
            counts,
            models_used(self.engine.info),
            version=__version__,
            rules=RULES,
            made=self._clock.now().isoformat(timespec="seconds"),
            asked=list(query.requests_sent),
            doubtful=doubtful,
            digits_only=not has_table(language_of(query.target)),
        )

    def terms(self, target: str) -> FindPaperTerms:
        """The terms that go through the model as slots: none in a language that has no term base, and none through
        a model that has not learnt them."""
        knows = self.engine.info.rules >= TERM_RULES and not self._has("translator")
        if language_of(target) != GLOSSARY_LANGUAGE or not knows:
            return no_paper_terms
        return PaperTerms(self._glossaries().own, shipped_base())

    def rows(self, paper: Paper, cancelled: Callable[[], bool] = _never) -> Rows:
        """The rows of a paper, or of a part of one, for callers that assemble them themselves."""
        return Rows(self.engine, self._cache, paper.source, cancelled)

    def _own_texts(self, paper: Paper, cancelled: Callable[[], bool]) -> OwnTexts | None:
        if self._own is None:
            return None
        return OwnTexts(paper, self._own, self._cache, self.lexicon_of(paper), self._known_terms(paper), cancelled)

    def _known_terms(self, paper: Paper) -> FindTerms:
        """The terms of a paper that the base knows, whether or not they went through a model as slots."""
        texts = [paper.query.title, *(segment.source for segment in paper.segments)]
        return PaperTerms(self._glossaries().own, shipped_base())(paper.query.categories, texts)

    def _sections(self, paper: Paper, rows: Rows) -> list[GlossSection]:
        sections: list[GlossSection] = []
        doubt = self.doubt_of(paper)
        if paper.query.target != ENGLISH:
            sections.append(TranslationSection(paper, doubt))
        wanted = set(paper.query.parts) & CONDENSED
        summarized = wanted & {"summary"} if self._has("summarizer") else set()
        if wanted - summarized:
            sections.append(self._condensing(paper, wanted - summarized, rows, doubt))
        if summarized:
            sections.append(SummarizerSection(paper, rows, lambda: self._condensing(paper, summarized, rows, doubt)))
        return sections

    def _condensing(self, paper: Paper, parts: Collection[Part], rows: Rows, doubt: Doubt | None) -> GlossSection:
        """The section that makes these parts without a summarizer."""
        salience, lexicon = self._salience(paper, rows), self.lexicon_of(paper)
        if paper.query.target == ENGLISH:
            return ExtractiveSection(paper, parts, salience)
        if salience:
            return CondensationSection(paper, parts, salience, lexicon, doubt)
        return AbstractiveSection(paper, parts, lexicon)

    def _has(self, role: str) -> bool:
        return any(part.role == role for part in self.engine.info.parts)

    def lexicon_of(self, paper: Paper) -> Lexicon:
        """What claims about a paper are checked with: nothing in a language of which no lexicon is shipped."""
        return self._lexicon() if paper.language == GLOSSARY_LANGUAGE else {}

    def doubt_of(self, paper: Paper) -> Doubt | None:
        """What judges a paper's texts: nothing without a lexicon, or where another model than a glosser translates,
        whose scores mean something else."""
        lexicon = self.lexicon_of(paper)
        if not lexicon or self._has("translator"):
            return None
        return Doubt(shipped_doubt(), lexicon, self._known_terms(paper))

    def is_outside(self, confidences: Sequence[float]) -> bool:
        """Whether a paper with these confidences is outside what the model knows well."""
        return is_outside(shipped_doubt(), confidences)

    def _salience(self, paper: Paper, rows: Rows) -> Salience:
        return english_only(rows.salience(), paper.foreign) if self.engine.info.summary == "gist" else ()


def models_used(info: EngineInfo) -> list[ModelUse]:
    """The bundles that took part."""
    if not info.parts:
        return [ModelUse("glosser", info.name, info.digest, info.precision, info.provider)]
    return [ModelUse(one.role, one.name, one.digest, one.precision, one.provider) for one in info.parts]
