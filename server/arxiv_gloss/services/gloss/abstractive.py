"""Summary, takeaways and gist from rows that saw the whole abstract: each carries the segments that support it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Gist, Part, Summary, SummarySentence, Takeaway
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import Rendered, render_condensation
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.services.gloss.support import Support, support
from arxiv_gloss.text.terms.lexicon import Lexicon

TASKS = {"summary": "summary", "takeaways": "takeaways", "gist": "tldr"}
"""The row's task for each part."""
MOST_EVIDENCE = 3
SUPPORT_FLOOR = 1.3
"""Support counts as evidence from this many times the even share on; measured shares of unrelated sentences stay
below it. A row without evidence is withheld."""
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_BULLET = re.compile(r"\s*•\s*|\n+")


def evidence(support: tuple[float, ...]) -> list[int]:
    """The segments that got clearly more than an even share of the row's attention, at most three, in order."""
    if len(support) == 1:
        return [0]
    floor = SUPPORT_FLOOR / len(support)
    ranked = sorted((k for k, share in enumerate(support) if share >= floor), key=lambda k: -support[k])
    return sorted(ranked[:MOST_EVIDENCE])


class AbstractiveSection(GlossSection):
    """Summary, takeaways and gist by a bundle without salience."""

    def __init__(self, paper: Paper, parts: Collection[Part], lexicon: Lexicon) -> None:
        self._paper = paper
        self._lexicon = lexicon
        self._sources = [segment.source for segment in paper.segments]
        self.requests = [RowRequest(task) for part, task in TASKS.items() if part in parts]

    def on_row(self, request: RowRequest, row: Row) -> Iterator[Event]:
        rendered = render_condensation(
            row, self._sources, " ".join(self._paper.source.segments), self._paper.surfaces, self._paper.language
        )
        found = evidence(row.support)
        if request.task == TASKS["gist"]:
            yield Gist(rendered.text, found, list(rendered.flags))
        elif request.task == TASKS["summary"]:
            yield Summary(list(self._sentences(rendered, found, row)))
        else:
            yield from self._takeaways(rendered, found, row)

    def _sentences(self, rendered: Rendered, found: list[int], row: Row) -> Iterator[SummarySentence]:
        for text in _SENTENCE.findall(rendered.text):
            if text.strip():
                score = self._support(text.strip(), rendered, found, row).score
                yield SummarySentence(text.strip(), found, score, list(rendered.flags))

    def _takeaways(self, rendered: Rendered, found: list[int], row: Row) -> Iterator[Takeaway]:
        texts = [text.strip() for text in _BULLET.split(rendered.text) if text.strip()]
        for index, text in enumerate(dict.fromkeys(texts)):
            held = self._support(text, rendered, found, row)
            withheld = not found or held.withheld
            yield Takeaway(index, text, found, held.score, None, list(rendered.flags), withheld)

    def _support(self, text: str, rendered: Rendered, found: list[int], row: Row) -> Support:
        """Of one sentence of the row's text."""
        return support(replace(rendered, text=text), [self._sources[k] for k in found], row, self._lexicon)
