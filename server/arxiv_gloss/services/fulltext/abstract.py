"""The gloss of the abstract as part of a whole paper's: evidence becomes places in the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from arxiv_gloss.events import (
    Event,
    Overview,
    PaperRef,
    Place,
    Point,
    Segment,
    SegmentRef,
    Started,
    Statement,
    Summary,
    Takeaway,
    Title,
    WholeEvent,
)
from arxiv_gloss.papers.document import Document
from arxiv_gloss.services.fulltext.chunks import chunk_sentences
from arxiv_gloss.services.fulltext.context import Context
from arxiv_gloss.services.gloss.flags import NOT_ENGLISH
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.text.english import is_english
from arxiv_gloss.text.segments import split, utf16_span

ABSTRACT = "Abstract"
LONGEST_STAND_IN = 1_500
"""Characters of the paper's beginning that stand in for an abstract where none was found."""


def is_foreign(document: Document, query: GlossQuery) -> bool:
    """Whether the paper has an abstract, in another language than English, and a text that can speak for it."""
    abstract = query.abstract or document.abstract
    return bool(abstract) and not is_english(abstract) and is_english(opening(document)[0] or abstract)


def gloss_abstract(context: Context, document: Document, query: GlossQuery) -> Iterator[WholeEvent]:
    """The events of the abstract as its reader gets them, summary and takeaways as `overview` and `point`.

    An abstract in another language stands as it is, and the beginning of the text speaks for the paper.
    """
    first = document.pages and 1
    text, section = query.abstract or document.abstract, ABSTRACT
    foreign = is_foreign(document, query)
    completed = replace(query, title=query.title or document.title)
    if foreign:
        yield from _as_it_is(completed, text)
        completed = replace(completed, parts=tuple(part for part in query.parts if part != "translation"))
    if foreign or not text:
        text, section = opening(document)
    paper = context.glosser.prepare(replace(completed, abstract=text))
    places = [Place(section, first, segment.source) for segment in paper.segments]
    for event in context.glosser.events(paper, context.cancelled):
        if not (foreign and isinstance(event, Started | Segment)):
            yield from _placed(event, places)


def _placed(event: Event, places: Sequence[Place]) -> Iterator[WholeEvent]:
    """The event as part of a whole paper's stream; `places` are those of the abstract's sentences."""
    match event:
        case Started() | Title() | Segment():
            yield event
        case Summary():
            yield Overview(
                [
                    Statement(one.text, [places[k] for k in one.evidence], one.score, one.flags)
                    for one in event.sentences
                ]
            )
        case Takeaway():
            evidence = [places[k] for k in event.evidence]
            yield Point(event.index, event.text, evidence, event.score, event.label, event.flags, event.withheld)
        case _:
            pass


def _as_it_is(query: GlossQuery, abstract: str) -> Iterator[Started | Segment]:
    """An abstract that cannot be translated, sentence by sentence."""
    cut = split(abstract)
    spans = [utf16_span(abstract, one) for one in cut]
    refs = [SegmentRef(one.index, span, one.text) for one, span in zip(cut, spans, strict=True)]
    yield Started(PaperRef(query.id, query.title or None), refs)
    for ref in refs:
        yield Segment(ref.index, ref.span, ref.source, ref.source, [NOT_ENGLISH])


def opening(document: Document) -> tuple[str, str]:
    """The first sentences of the body, and the section that they stand in."""
    for section in document.sections:
        some: list[str] = []
        for sentence in chunk_sentences(section.paragraphs):
            if some and sum(map(len, some)) + len(sentence.text) > LONGEST_STAND_IN:
                break
            some.append(sentence.text)
        if some:
            return " ".join(some), section.title
    return "", ABSTRACT
