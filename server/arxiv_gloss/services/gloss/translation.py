"""The parts of a gloss. A section asks for rows, and turns each row that comes back into events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Segment, Title
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import Worded, word_in_full
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.text.slots import owed


class Section(Protocol):
    requests: list[RowRequest]

    def take(self, request: RowRequest, row: Row) -> Iterator[Event]:
        """What a row that has come back makes showable."""
        ...

    def repairs(self) -> list[RowRequest]:
        """Rows to decode once more, after the first round."""
        ...


def told(sections: Sequence[Section], rows: Rows) -> Iterator[Event]:
    """The events of sections over one source: all rows in one batch, and those that lost something in a second."""
    owner = {request: section for section in sections for request in section.requests}
    for request, row in rows.decode(list(owner)):
        yield from owner[request].take(request, row)
    again = {request: section for section in sections for request in section.repairs()}
    for request, row in rows.decode(list(again)):
        yield from again[request].take(request, row)


def translation(paper: Paper, k: int) -> RowRequest:
    """The row that translates segment `k`. What it must say is required from the start: a sentence that is decoded
    again costs more than lines that owe something do."""
    return RowRequest("translate", k, owed(paper.source.segments[k], paper.surfaces))


class InFull:
    """Title and translation: every sentence, with nothing lost. What lost a name is shown, flagged, and decoded once
    more with it required; the one that the ledger likes better stays."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._shown: dict[int | None, Worded] = {}
        self._repairs: list[RowRequest] = []
        parts = paper.ask.parts
        self.requests: list[RowRequest] = []
        if "title" in parts and paper.source.title:
            self.requests.append(RowRequest("title", required_slots=owed(paper.source.title, paper.surfaces)))
        if "translation" in parts:
            self.requests += [translation(paper, segment.index) for segment in paper.segments]

    def take(self, request: RowRequest, row: Row) -> Iterator[Event]:
        k = request.segment
        if k is None:
            source, marked = self._paper.ask.title, self._paper.source.title
        else:
            source, marked = self._paper.segments[k].source, self._paper.source.segments[k]
        worded = word_in_full(row, source, marked, self._paper.surfaces, self._paper.language, k is None)
        shown = self._shown.get(k)
        if shown is None and not worded.lost <= request.required_slots:
            self._repairs.append(replace(request, required_slots=request.required_slots | worded.lost))
        if shown is None or worded.better_than(shown):
            self._shown[k] = worded
            yield self._event(k, worded)

    def repairs(self) -> list[RowRequest]:
        return self._repairs

    def _event(self, k: int | None, worded: Worded) -> Event:
        if k is None:
            return Title(worded.text, list(worded.flags))
        segment = self._paper.segments[k]
        return Segment(k, segment.span, segment.source, worded.text, list(worded.flags))
