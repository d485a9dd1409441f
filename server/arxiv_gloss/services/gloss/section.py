"""The parts of a gloss: a section names rows, and turns each decoded row into events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event
from arxiv_gloss.services.gloss.rows import Rows


class GlossSection:
    """Some parts of a gloss, made from rows of one paper."""

    requests: Sequence[RowRequest] = ()
    """Rows of the first round."""

    def start(self) -> Iterator[Event]:
        """Events that need no row."""
        return iter(())

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        """Events that a decoded row makes possible."""
        return iter(())

    def retries(self) -> Sequence[RowRequest]:
        """Rows of the next round; none when the section is complete."""
        return ()

    def offers(self) -> Sequence[RowRequest]:
        """Rows that the reader's own model may write too, once the section is complete."""
        return ()

    def on_offer(self, request: RowRequest, row: Row) -> Iterator[Event]:
        """Events for such a row, where it may take the place of what there is; none otherwise."""
        return iter(())


def decode_sections(sections: Sequence[GlossSection], rows: Rows) -> Iterator[Event]:
    """The events of sections over one source: the rows of a round are decoded in one batch."""
    for section in sections:
        yield from section.start()
    wanted = {request: section for section in sections for request in section.requests}
    while wanted:
        for request, row in rows.decode(list(wanted)):
            yield from wanted[request].on_row(request, row)
        wanted = {request: section for section in sections for request in section.retries()}
