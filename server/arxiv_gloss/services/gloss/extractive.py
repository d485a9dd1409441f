"""Target `en`: summary, takeaways and gist are sentences of the abstract itself. Nothing is decoded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from arxiv_gloss.events import Event, Gist, Label, Part, Summary, SummarySentence, Takeaway
from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.section import GlossSection
from arxiv_gloss.text.shorten import shorten

CUES: dict[Label, re.Pattern[str]] = {
    "motivation": re.compile(r"\b(?:however|remains?|challeng\w+|crucial|limited|lack\w*|difficult|despite)\b", re.I),
    "method": re.compile(
        r"\bwe (?:propose|present|introduce|develop|study|design|describe|investigate)\b|\bhere\b", re.I
    ),
    "result": re.compile(
        r"\b(?:results?|experiments?|outperform\w*|achiev\w+|we (?:find|show|prove|demonstrate|observe))\b", re.I
    ),
    "conclusion": re.compile(r"\b(?:suggest\w*|implications?|pave\w*|enabl\w+|conclu\w+|overall|thus)\b", re.I),
}
"""Words that show a sentence's role, for bundles without a salience head."""


class ExtractiveSection(GlossSection):
    """Summary, takeaways and gist as sentences of the abstract; each has itself as evidence."""

    def __init__(self, paper: Paper, parts: Collection[Part], salience: selection.Salience) -> None:
        self._sources = [segment.source for segment in paper.segments]
        self._salience = salience or selection.english_only(salience_by_cues(self._sources), paper.foreign)
        self._parts = parts

    def start(self) -> Iterator[Event]:
        sources, salience = self._sources, self._salience
        if "gist" in self._parts:
            k = selection.gist(salience)
            yield Gist(shorten(sources[k]), [k])
        if "summary" in self._parts:
            yield Summary([SummarySentence(shorten(sources[k]), [k], 1.0) for k in selection.summary(salience)])
        if "takeaways" in self._parts:
            for index, pick in enumerate(selection.takeaways(salience)):
                yield Takeaway(index, shorten(sources[pick.segment]), [pick.segment], 1.0, pick.label)


def salience_by_cues(sources: list[str]) -> list[dict[str, float]]:
    """In the form of the encoder's: by cue words, and by place, because abstracts go from motivation to conclusion."""
    last = max(1, len(sources) - 1)
    places: dict[Label, float] = {"motivation": 0.0, "method": 0.4, "result": 0.75, "conclusion": 1.0}
    rows: list[dict[str, float]] = []
    for k, source in enumerate(sources):
        row = {
            label: 0.3 * bool(CUES[label].search(source)) + 0.3 * (1 - abs(k / last - at))
            for label, at in places.items()
        }
        rows.append(row | {"tldr": row["method"]})
    return rows
