"""A stream of events added up to the finished gloss, as the command line and corpus runs give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from arxiv_gloss.events import (
    Counts,
    Done,
    Event,
    Flag,
    Gist,
    ModelUse,
    Segment,
    Started,
    Summary,
    SummarySentence,
    Takeaway,
    Title,
)


class TitleResult(msgspec.Struct, frozen=True):
    source: str
    text: str
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class SegmentResult(msgspec.Struct, frozen=True):
    index: int
    span: tuple[int, int]
    source: str
    text: str
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class GistResult(msgspec.Struct, frozen=True):
    text: str
    evidence: list[int]
    flags: list[Flag] = []
    confidence: float | None = None
    origin: str = ""


class TakeawayResult(msgspec.Struct, frozen=True):
    text: str
    evidence: list[int]
    score: float
    label: str | None
    flags: list[Flag]
    withheld: bool
    confidence: float | None = None
    origin: str = ""


class SummaryResult(msgspec.Struct, frozen=True):
    sentences: list[SummarySentence]


class GlossResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """Parts that were not asked for are left out."""

    id: str | None
    segments: list[SegmentResult]
    models: list[ModelUse]
    seconds: float
    title: TitleResult | None = None
    gist: GistResult | None = None
    summary: SummaryResult | None = None
    takeaways: list[TakeawayResult] | None = None
    version: str = ""
    rules: int = 0
    made: str = ""
    asked: list[str] = []
    digits_only: bool = False
    doubtful: bool = False
    notices: list[Flag] = []


class GlossAccumulator:
    """The latest event of each kind and index."""

    def __init__(self) -> None:
        self.started: Started | None = None
        self.title: Title | None = None
        self.segments: dict[int, Segment] = {}
        self.gist: Gist | None = None
        self.summary: Summary | None = None
        self.takeaways: dict[int, Takeaway] = {}
        self.done: Done | None = None

    def add(self, event: Event) -> None:
        match event:
            case Started():
                self.started = event
            case Title():
                self.title = event
            case Segment():
                self.segments[event.index] = event
            case Gist():
                self.gist = event
            case Summary():
                self.summary = event
            case Takeaway():
                self.takeaways[event.index] = event
            case Done():
                self.done = event
            case _:
                pass

    def counts(self) -> Counts:
        flagged: list[list[Flag]] = [segment.flags for segment in self.segments.values()]
        flagged += [takeaway.flags for takeaway in self.takeaways.values()]
        flagged += [self.title.flags] if self.title else []
        flagged += [self.gist.flags] if self.gist else []
        flagged += [sentence.flags for sentence in self.summary.sentences] if self.summary else []
        return counts(len(self.segments), [takeaway.withheld for takeaway in self.takeaways.values()], flagged)

    def confidences(self) -> list[float]:
        """Of the title and the translated sentences, where they are known."""
        found = [one.confidence for one in (self.title, *self.segments.values()) if one]
        return [confidence for confidence in found if confidence is not None]

    def result(self) -> GlossResult:
        """Needs a stream that reached `done`."""
        assert self.started is not None and self.done is not None
        title, gist, summary = self.title, self.gist, self.summary
        paper = self.started.paper
        return GlossResult(
            id=paper.id,
            segments=[
                SegmentResult(one.index, one.span, one.source, one.text, one.flags, one.confidence, one.origin)
                for _, one in sorted(self.segments.items())
            ],
            models=self.done.models,
            seconds=self.done.seconds,
            title=TitleResult(paper.title or "", title.text, title.flags, title.confidence, title.origin)
            if title
            else None,
            gist=GistResult(gist.text, gist.evidence, gist.flags, gist.confidence, gist.origin) if gist else None,
            summary=SummaryResult(summary.sentences) if summary else None,
            takeaways=[
                TakeawayResult(
                    one.text, one.evidence, one.score, one.label, one.flags, one.withheld, one.confidence, one.origin
                )
                for _, one in sorted(self.takeaways.items())
            ]
            or None,
            version=self.done.version,
            rules=self.done.rules,
            made=self.done.made,
            asked=self.done.asked,
            digits_only=self.done.digits_only,
            doubtful=self.done.doubtful,
            notices=self.done.notices,
        )


def counts(segments: int, withheld: Sequence[bool], flags: Sequence[Sequence[Flag]]) -> Counts:
    """Totals from the number of sentences, whether each takeaway is withheld, and the flags of each text."""
    return Counts(
        segments=segments,
        takeaways=len(withheld),
        withheld=sum(withheld),
        flags=sum(map(len, flags)),
        conflicts=sum(flag.code == "conflict" for found in flags for flag in found),
    )


def collect(events: Iterable[Event]) -> GlossResult:
    """Read a whole stream."""
    collected = GlossAccumulator()
    for event in events:
        collected.add(event)
    return collected.result()
