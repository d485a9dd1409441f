"""Title and translation: every sentence, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Segment, Title
from arxiv_gloss.services.gloss.doubt import Doubt
from arxiv_gloss.services.gloss.flags import NOT_ENGLISH
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import Rendered, render_translation
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.text.segments import normalise
from arxiv_gloss.text.slots import required_slots


def translation_request(paper: Paper, k: int) -> RowRequest:
    """The row that translates segment `k`. What it must hold is required from the start: a sentence that is decoded
    again costs more than hypotheses with unmet slots do."""
    return RowRequest("translate", k, required_slots(paper.source.segments[k], paper.surfaces))


class TranslationSection(GlossSection):
    """Title and sentences. What lost a name is shown, flagged, and decoded once more with it required; the better one
    by the ledger stays."""

    def __init__(self, paper: Paper, doubt: Doubt | None = None) -> None:
        """Without `doubt`, nothing is said about how far the texts can be believed."""
        self._paper = paper
        self._doubt = doubt
        self._shown: dict[int | None, Rendered] = {}
        self._retries: list[RowRequest] = []
        parts = paper.query.parts
        self.requests: list[RowRequest] = []
        if "title" in parts and paper.source.title and not paper.title_is_foreign:
            self.requests.append(RowRequest("title", required_slots=required_slots(paper.source.title, paper.surfaces)))
        if "translation" in parts:
            english = (segment.index for segment in paper.segments if segment.index not in paper.foreign)
            self.requests += [translation_request(paper, k) for k in english]

    def start(self) -> Iterator[Event]:
        """What is not in English stays as it is."""
        query = self._paper.query
        if "title" in query.parts and self._paper.title_is_foreign:
            yield Title(normalise(query.title), [NOT_ENGLISH])
        for segment in self._paper.segments if "translation" in query.parts else ():
            if segment.index in self._paper.foreign:
                yield Segment(segment.index, segment.span, segment.source, segment.source, [NOT_ENGLISH])

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        k = request.segment
        source, rendered = self._rendered(k, row)
        if self._doubt:
            rendered = replace(rendered, confidence=self._doubt.of_translation(row, rendered, source))
        shown = self._shown.get(k)
        if shown is None and not rendered.lost <= request.required_slots:
            self._retries.append(replace(request, required_slots=request.required_slots | rendered.lost))
        if shown is None or rendered.better_than(shown):
            self._shown[k] = rendered
            yield self._event(k, rendered)

    def retries(self) -> Sequence[RowRequest]:
        retries, self._retries = self._retries, []
        return retries

    def offers(self) -> Sequence[RowRequest]:
        return [request for request in self.requests if request.segment in self._shown]

    def on_offer(self, request: RowRequest, row: Row) -> Iterator[Event]:
        """Nobody has measured how far its scores can be believed: nothing is said of that."""
        k = request.segment
        _, rendered = self._rendered(k, row)
        if rendered.stands_beside(self._shown[k]):
            self._shown[k] = rendered
            yield self._event(k, rendered)

    def _rendered(self, k: int | None, row: Row) -> tuple[str, Rendered]:
        """The source of segment `k`, or the title, and what became of it."""
        if k is None:
            source, marked = self._paper.query.title, self._paper.source.title
        else:
            source, marked = self._paper.segments[k].source, self._paper.source.segments[k]
        return source, render_translation(row, source, marked, self._paper.surfaces, self._paper.language, k is None)

    def _event(self, k: int | None, rendered: Rendered) -> Event:
        found = [*rendered.flags, *(self._doubt.flags(rendered.confidence, k is None) if self._doubt else ())]
        if k is None:
            return Title(rendered.text, found, rendered.confidence, rendered.origin)
        segment = self._paper.segments[k]
        return Segment(k, segment.span, segment.source, rendered.text, found, rendered.confidence, rendered.origin)
