"""Choose, then condense: summary, takeaways and gist from rows that each saw one sentence, which is their evidence."""

from __future__ import annotations

from collections.abc import Iterator

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Gist, Summary, SummarySentence, Takeaway
from arxiv_gloss.services import choose
from arxiv_gloss.services.paper import Paper
from arxiv_gloss.services.wording import Worded, sureness, word


class Condensed:
    """The section behind bundles whose encoder says which sentences matter."""

    def __init__(self, paper: Paper, salience: choose.Salience) -> None:
        parts = paper.ask.parts
        self._paper = paper
        self._takeaways = choose.takeaways(salience) if "takeaways" in parts else []
        self._summary = choose.summary(salience) if "summary" in parts else []
        self._gist = choose.gist(salience) if "gist" in parts else None
        wanted = {pick.segment for pick in self._takeaways} | set(self._summary)
        if self._gist is not None:
            wanted.add(self._gist)
        self.requests = [RowRequest("gist", k) for k in sorted(wanted)]
        self._made: dict[int, tuple[Row, Worded]] = {}
        self._told: list[str] = []

    def take(self, request: RowRequest, row: Row) -> Iterator[Event]:
        assert request.segment is not None
        self._made[request.segment] = (row, word(row, self._paper.surfaces))
        if request.segment == self._gist:
            worded = self._made[request.segment][1]
            yield Gist(worded.text, [request.segment], list(worded.flags))
        yield from self._summary_when_whole(request.segment)
        yield from self._takeaways_in_order()

    def repairs(self) -> list[RowRequest]:
        return []

    def _summary_when_whole(self, latest: int) -> Iterator[Event]:
        if latest in self._summary and all(k in self._made for k in self._summary):
            yield Summary([self._sentence(k) for k in self._summary])

    def _sentence(self, k: int) -> SummarySentence:
        row, worded = self._made[k]
        return SummarySentence(worded.text, [k], sureness(row), list(worded.flags))

    def _takeaways_in_order(self) -> Iterator[Event]:
        """In source order, whatever order the rows finish in: an equal text is said once, always by the same row."""
        while self._takeaways and self._takeaways[0].segment in self._made:
            pick = self._takeaways.pop(0)
            row, worded = self._made[pick.segment]
            if worded.text and worded.text not in self._told:
                index = len(self._told)
                self._told.append(worded.text)
                yield Takeaway(
                    index,
                    worded.text,
                    [pick.segment],
                    sureness(row),
                    pick.label,
                    list(worded.flags),
                    withheld=not row.complete,
                )
