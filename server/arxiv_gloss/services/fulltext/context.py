"""What every part of a whole paper's gloss needs: the glosser, the target, its terms, and whether it is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from arxiv_gloss.events import Segment, Title
from arxiv_gloss.services.gloss.glosser import Glosser
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.section import decode_sections
from arxiv_gloss.services.gloss.translation import TranslationSection
from arxiv_gloss.text.slots import FindTerms, no_terms
from arxiv_gloss.text.targets import ENGLISH


@dataclass(frozen=True, slots=True)
class Context:
    glosser: Glosser
    target: str
    cancelled: Callable[[], bool]
    terms: FindTerms = no_terms

    @property
    def translates(self) -> bool:
        return self.target != ENGLISH

    def rows(self, paper: Paper) -> Rows:
        return self.glosser.rows(paper, self.cancelled)

    def in_full(self, paper: Paper) -> list[Title | Segment]:
        """The paper's title and sentences as `paper.query.parts` wants them, each at its best, in order."""
        best: dict[int, Title | Segment] = {}
        for event in decode_sections([TranslationSection(paper)], self.rows(paper)):
            if isinstance(event, Title):
                best[-1] = event
            elif isinstance(event, Segment):
                best[event.index] = event
        return [event for _, event in sorted(best.items())]
