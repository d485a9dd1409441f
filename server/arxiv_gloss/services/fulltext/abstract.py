"""The abstract's own gloss, told as part of the whole paper's: evidence becomes places in the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from arxiv_gloss.events import (
    Done,
    Overview,
    Place,
    Point,
    Segment,
    Started,
    Statement,
    Summary,
    Takeaway,
    Title,
    WholeEvent,
)
from arxiv_gloss.papers.document import Document
from arxiv_gloss.services.fulltext.chunks import sentences
from arxiv_gloss.services.fulltext.context import Reading
from arxiv_gloss.services.gloss.query import Ask

ABSTRACT = "Abstract"
LONGEST_STAND_IN = 1_500
"""Characters of the paper's beginning that stand in for an abstract where none was found."""


def glossed(reading: Reading, document: Document, ask: Ask) -> Iterator[WholeEvent]:
    """The events of the abstract as its reader gets them, summary and takeaways as `overview` and `point`."""
    first = document.pages and 1
    text, section = (
        (ask.abstract or document.abstract, ABSTRACT) if ask.abstract or document.abstract else opening(document)
    )
    asked = replace(ask, title=ask.title or document.title, abstract=text)
    paper = reading.glosser.prepare(asked)
    sources = [segment.source for segment in paper.segments]

    def places(evidence: Sequence[int]) -> list[Place]:
        return [Place(section, first, sources[k]) for k in evidence]

    for event in reading.glosser.events(paper, reading.cancelled):
        match event:
            case Started() | Title() | Segment():
                yield event
            case Summary():
                yield Overview(
                    [Statement(one.text, places(one.evidence), one.score, one.flags) for one in event.sentences]
                )
            case Takeaway():
                yield Point(
                    event.index,
                    event.text,
                    places(event.evidence),
                    event.score,
                    event.label,
                    event.flags,
                    event.withheld,
                )
            case Done() | _:
                pass


def opening(document: Document) -> tuple[str, str]:
    """The first sentences of the body, and the section that they stand in."""
    for section in document.sections:
        some: list[str] = []
        for sentence in sentences(section.paragraphs):
            if some and sum(map(len, some)) + len(sentence.text) > LONGEST_STAND_IN:
                break
            some.append(sentence.text)
        if some:
            return " ".join(some), section.title
    return "", ABSTRACT
