"""Paragraphs and headings of a paper that somebody reads, translated in full, each by itself: whatever is asked for
together, and in whatever order, a paragraph's translation is the same one, and comes from the cache the second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from arxiv_gloss.clock import Clock
from arxiv_gloss.events import Counts, Event, PaperRef, Segment, SegmentRef, Started
from arxiv_gloss.services.fulltext.context import Context
from arxiv_gloss.services.fulltext.headings import gloss_heading
from arxiv_gloss.services.gloss.glosser import GLOSSARY_LANGUAGE, Glosser
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.taiwan import in_script_of
from arxiv_gloss.text.targets import language_of
from arxiv_gloss.text.terms.term_base import shipped_base
from arxiv_gloss.text.validity import check_abstract, check_title

Kind = Literal["paragraph", "heading"]


@dataclass(frozen=True, slots=True)
class ParagraphQuery:
    """One paragraph or heading of a paper. Equal queries share one job."""

    text: str
    """Formulas as TeX between dollar signs. What else must come back unchanged, such as a citation, is sent as a
    formula too."""
    kind: Kind = "paragraph"
    title: str = ""
    """The paper's: a paragraph stands under it, as an abstract does."""
    target: str = "zh"
    fields: tuple[str, ...] = ()
    """The archives or categories of the paper, which say how its terms are rendered."""

    @property
    def as_abstract(self) -> GlossQuery:
        """A paragraph is glossed as an abstract of which only the translation is wanted."""
        return GlossQuery(None, self.title, self.text, self.target, ("translation",), self.fields)


def fields_of(categories: Sequence[str], target: str, title: str, abstract: str) -> tuple[str, ...]:
    """The paper's categories; where it names none, the archives that the terms of title and abstract are typical of,
    so that all its paragraphs render a term alike."""
    if categories or language_of(target) != GLOSSARY_LANGUAGE:
        return tuple(categories)
    return shipped_base().fields([title, abstract])


def heading_events(
    glosser: Glosser, query: ParagraphQuery, clock: Clock
) -> Callable[[Callable[[], bool]], Iterator[Event]]:
    """The events of a heading, as those of a paragraph of one sentence. Raises EmptyAbstract, NotText or TitleTooLong
    at once; the iterator EngineError or Cancelled."""
    check_abstract(query.text)
    check_title(query.text)

    def events(cancelled: Callable[[], bool]) -> Iterator[Event]:
        begun = clock.seconds()
        span = (0, len(query.text.encode("utf-16-le")) // 2)
        terms = glosser.terms(query.target)(query.fields, [query.title, query.text])
        yield Started(PaperRef(), [SegmentRef(0, span, query.text)])
        heading, flags = gloss_heading(Context(glosser, query.target, cancelled, terms), query.text)
        yield in_script_of(Segment(0, span, query.text, heading.text, flags), query.target)
        counts = Counts(segments=1, takeaways=0, withheld=0, flags=len(flags))
        yield glosser.done(query.as_abstract, clock.seconds() - begun, counts, cached=False)

    return events
