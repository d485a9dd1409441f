"""How far each text of a paper can be believed, and what is done about one that cannot."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from arxiv_gloss.engine.protocol import Row
from arxiv_gloss.events import Flag
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.rendering import Rendered
from arxiv_gloss.text import confidence as measures
from arxiv_gloss.text.confidence import DoubtModel, ScoredText
from arxiv_gloss.text.slots import FindTerms
from arxiv_gloss.text.terms.lexicon import Lexicon

DOUBTS = frozenset({flags.UNSURE.code, flags.UNTRANSLATED.code})
"""Codes of what a model is unsure of."""


class Doubt:
    """Judges the rows of one paper. `terms` finds what the term base knows, whether or not it went through as slots."""

    def __init__(self, model: DoubtModel, lexicon: Lexicon, terms: FindTerms) -> None:
        self._model = model
        self._lexicon = lexicon
        self._terms = terms

    def of_translation(self, row: Row, rendered: Rendered, source: str) -> float:
        """The probability that a translation has no error of meaning."""
        return self._rounded(measures.translation_features(self._said(row, rendered, source), self._lexicon))

    def of_condensation(self, row: Row, rendered: Rendered, source: str) -> float:
        """The same for a condensation of a sentence."""
        said = self._said(row, rendered, source)
        return self._rounded(
            measures.condensation_features(said, self._lexicon), measures.disagreements(source, rendered.text)
        )

    def is_unsure(self, confidence: float | None) -> bool:
        return confidence is not None and confidence < self._model.unsure

    def flags(self, confidence: float | None, is_title: bool = False) -> list[Flag]:
        """What is said about a text: nothing, that it is unsure, or that the original should stand in its place; a
        title's original stands above it on the page, so that it need not give way."""
        if confidence is None or not self.is_unsure(confidence):
            return []
        gives_way = confidence < self._model.untranslated and not is_title
        return [flags.UNTRANSLATED if gives_way else flags.UNSURE]

    def _said(self, row: Row, rendered: Rendered, source: str) -> ScoredText:
        return ScoredText(source, rendered.text, row.score, row.lowest, self._terms(source), len(rendered.flags))

    def _rounded(self, measured: dict[str, float], disagreeing: list[str] | None = None) -> float:
        return round(self._model.confidence(measured, disagreeing or ()), 3)


def is_outside(model: DoubtModel, confidences: Sequence[float]) -> bool:
    """Whether a paper with these texts is outside what a translator knows well."""
    return bool(confidences) and fmean(confidences) < model.outside
