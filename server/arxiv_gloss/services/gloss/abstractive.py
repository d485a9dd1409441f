"""Summary, takeaways and gist from rows that saw the whole abstract: each carries the segments that support it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from arxiv_gloss.engine.protocol import Row, RowRequest
from arxiv_gloss.events import Event, Gist, Summary, SummarySentence, Takeaway
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import Worded, word
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


class Abstractive:
    """The section behind bundles without salience."""

    def __init__(self, paper: Paper, lexicon: Lexicon) -> None:
        self._paper = paper
        self._lexicon = lexicon
        self._sources = [segment.source for segment in paper.segments]
        self.requests = [RowRequest(task) for part, task in TASKS.items() if part in paper.ask.parts]

    def take(self, request: RowRequest, row: Row) -> Iterator[Event]:
        worded = word(
            row, self._sources, " ".join(self._paper.source.segments), self._paper.surfaces, self._paper.language
        )
        found = evidence(row.support)
        if request.task == TASKS["gist"]:
            yield Gist(worded.text, found, list(worded.flags))
        elif request.task == TASKS["summary"]:
            yield Summary(list(self._sentences(worded, found, row)))
        else:
            yield from self._takeaways(worded, found, row)

    def repairs(self) -> list[RowRequest]:
        return []

    def _sentences(self, worded: Worded, found: list[int], row: Row) -> Iterator[SummarySentence]:
        for text in _SENTENCE.findall(worded.text):
            if text.strip():
                score = self._support(text.strip(), worded, found, row).score
                yield SummarySentence(text.strip(), found, score, list(worded.flags))

    def _takeaways(self, worded: Worded, found: list[int], row: Row) -> Iterator[Takeaway]:
        texts = [text.strip() for text in _BULLET.split(worded.text) if text.strip()]
        for index, text in enumerate(dict.fromkeys(texts)):
            held = self._support(text, worded, found, row)
            withheld = not found or held.withheld
            yield Takeaway(index, text, found, held.score, None, list(worded.flags), withheld)

    def _support(self, text: str, worded: Worded, found: list[int], row: Row) -> Support:
        """Of one sentence of the row's text."""
        return support(replace(worded, text=text), [self._sources[k] for k in found], row, self._lexicon)
