"""The summary by a summarizer: English first, each sentence tied to the sentences that support it, then translated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Flag, Segment, Summary, SummarySentence
from arxiv_gloss.registry.router import ENGLISH_SUMMARY
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.paper import Paper, of_sentences
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.section import GlossSection, decode_sections
from arxiv_gloss.services.gloss.translation import TranslationSection
from arxiv_gloss.text import segments as text_segments
from arxiv_gloss.text.targets import ENGLISH
from arxiv_gloss.text.terms.evidence import from_same_words


class SummarizerSection(GlossSection):
    """The summary without the sentences that nothing in the abstract supports. Where none is left, the section that
    `fallback` makes takes over."""

    def __init__(self, paper: Paper, rows: Rows, fallback: Callable[[], GlossSection]) -> None:
        self.requests = [RowRequest(ENGLISH_SUMMARY)]
        self._paper = paper
        self._rows = rows
        self._make_fallback = fallback
        self._fallback: GlossSection | None = None
        self._next: Sequence[RowRequest] | None = None

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        if self._fallback is not None:
            yield from self._fallback.on_row(request, row)
        elif sentences := self._sentences(row.text):
            yield Summary(sentences)
        else:
            self._fallback = self._make_fallback()
            self._next = self._fallback.requests
            yield from self._fallback.start()

    def retries(self) -> Sequence[RowRequest]:
        if self._fallback is None:
            return ()
        wanted, self._next = self._next, None
        return self._fallback.retries() if wanted is None else wanted

    def _sentences(self, english: str) -> list[SummarySentence]:
        """Numbers are held against the evidence in English, and against the English sentence in translation."""
        sources = [segment.source for segment in self._paper.segments]
        tied = [(one.text, from_same_words(one.text, sources)) for one in text_segments.split(english)]
        sound = [(text, evidence) for text, evidence in tied if evidence.enough]
        made: list[SummarySentence] = []
        for (text, evidence), (target, lost) in zip(sound, self._in_target([text for text, _ in sound]), strict=True):
            added = flags.condensation_flags([sources[k] for k in evidence.segments], text, ENGLISH)
            found = [*added, *(flag for flag in lost if flag not in added)]
            made.append(SummarySentence(target, list(evidence.segments), round(evidence.score, 4), found))
        return made

    def _in_target(self, english: list[str]) -> list[tuple[str, list[Flag]]]:
        """The sentences in the reader's language, and what their translations lost."""
        if self._paper.query.target == ENGLISH or not english:
            return [(text, []) for text in english]
        inner = of_sentences(english, self._paper.query.target)
        best: dict[int, tuple[str, list[Flag]]] = {}
        for event in decode_sections([TranslationSection(inner)], self._rows.of(inner.source)):
            if isinstance(event, Segment):
                best[event.index] = (event.text, event.flags)
        return [best[k] for k in range(len(english))]
