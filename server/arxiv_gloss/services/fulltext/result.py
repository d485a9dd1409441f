"""A stream of events added up to the finished gloss of a whole paper, as the command line gives it."""

from __future__ import annotations

import base64

import msgspec

from arxiv_gloss.events import (
    Counts,
    Done,
    FigureCaption,
    Flag,
    ModelUse,
    Overview,
    PaperOutline,
    Picture,
    Place,
    Point,
    SectionGist,
    Segment,
    Started,
    Statement,
    Title,
    Translated,
    WholeEvent,
)
from arxiv_gloss.services.gloss.result import SegmentResult, TitleResult, counts


class AbstractResult(msgspec.Struct, frozen=True):
    segments: list[SegmentResult]


class OverviewResult(msgspec.Struct, frozen=True):
    sentences: list[Statement]


class SectionResult(msgspec.Struct, frozen=True):
    title: Translated
    level: int
    page: int | None
    gist: str
    evidence: list[Place]
    flags: list[Flag]


class FigureResult(msgspec.Struct, frozen=True):
    kind: str
    number: str
    caption: Translated
    page: int | None
    file: str | None
    """Name of its picture's file; None when it was not asked for or not found."""
    flags: list[Flag]


class PaperResult(msgspec.Struct, frozen=True):
    id: str | None
    title: TitleResult
    authors: list[str]
    pages: int | None
    notices: list[Flag]
    abstract: AbstractResult
    summary: OverviewResult
    takeaways: list[Point]
    sections: list[SectionResult]
    figures: list[FigureResult]
    models: list[ModelUse]
    seconds: float
    version: str
    rules: int
    made: str
    asked: list[str]
    digits_only: bool = False


class PaperAccumulator:
    """The latest event of each kind and index."""

    def __init__(self) -> None:
        self.outline: PaperOutline | None = None
        self.pictures: dict[int, bytes] = {}
        self._started: Started | None = None
        self._title: Title | None = None
        self._segments: dict[int, Segment] = {}
        self._overview: Overview | None = None
        self._points: dict[int, Point] = {}
        self._sections: dict[int, SectionGist] = {}
        self._figures: dict[int, FigureCaption] = {}
        self._done: Done | None = None

    def add(self, event: WholeEvent) -> None:
        match event:
            case PaperOutline():
                self.outline = event
            case Started():
                self._started = event
            case Title():
                self._title = event
            case Segment():
                self._segments[event.index] = event
            case Overview():
                self._overview = event
            case Point():
                self._points[event.index] = event
            case SectionGist():
                self._sections[event.index] = event
            case FigureCaption():
                self._figures[event.index] = event
            case Picture():
                self.pictures[event.index] = base64.b64decode(event.png)
            case Done():
                self._done = event
            case _:
                pass

    def result(self) -> PaperResult:
        """Needs a stream that reached `done`."""
        outline, started, done, title = self.outline, self._started, self._done, self._title
        assert outline is not None and started is not None and done is not None
        source = started.paper.title or outline.title
        return PaperResult(
            id=started.paper.id,
            title=TitleResult(source, title.text if title else source, title.flags if title else []),
            authors=outline.authors,
            pages=outline.pages,
            notices=outline.notices,
            abstract=AbstractResult(
                [
                    SegmentResult(one.index, one.span, one.source, one.text, one.flags)
                    for _, one in sorted(self._segments.items())
                ]
            ),
            summary=OverviewResult(self._overview.sentences if self._overview else []),
            takeaways=self.points(),
            sections=[
                SectionResult(one.title, one.level, one.page, one.gist, one.evidence, one.flags)
                for _, one in sorted(self._sections.items())
            ],
            figures=[
                FigureResult(one.kind, one.number, one.caption, one.page, self.file(one), one.flags)
                for _, one in sorted(self._figures.items())
            ],
            models=done.models,
            seconds=done.seconds,
            version=done.version,
            rules=done.rules,
            made=done.made,
            asked=done.asked,
            digits_only=done.digits_only,
        )

    def points(self) -> list[Point]:
        return [point for _, point in sorted(self._points.items())]

    def counts(self) -> Counts:
        """Of the whole paper: `segments` are the abstract's sentences."""
        found: list[list[Flag]] = [self._title.flags] if self._title else []
        found += [one.flags for one in self._segments.values()]
        found += [one.flags for one in self._overview.sentences] if self._overview else []
        found += [point.flags for point in self._points.values()]
        found += [section.flags for section in self._sections.values()]
        found += [figure.flags for figure in self._figures.values()]
        return counts(len(self._segments), [point.withheld for point in self._points.values()], found)

    def file(self, figure: FigureCaption) -> str | None:
        """Name for the picture of a figure, where there is one."""
        if figure.index not in self.pictures:
            return None
        number = "".join(c for c in figure.number if c.isalnum() or c in ".-") or str(figure.index + 1)
        return f"{figure.index + 1:02}-{figure.kind}-{number}.png"

    def files(self) -> dict[str, bytes]:
        """All pictures by their file names."""
        named = {self.file(one): self.pictures[k] for k, one in self._figures.items() if k in self.pictures}
        return {name: png for name, png in named.items() if name}
