"""Which terms of a paper go through the model as slots, and how they are rendered: the reader's own wherever they
stand, then those of the shipped base, as papers of the same field write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from arxiv_gloss.text.slots import FindTerms, no_terms
from arxiv_gloss.text.terms.glossary import FoundTerm, Glossary
from arxiv_gloss.text.terms.term_base import TermBase

FindPaperTerms = Callable[[Sequence[str], Sequence[str]], FindTerms]
"""From a paper's categories and its texts to the terms of each text."""

_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z0-9-]{0,8}[A-Z0-9])s?\)")
"""Behind the words that it stands for: parity non-conservation (PNC), titanium oxide (TiO)."""


def archives_of(categories: Sequence[str]) -> tuple[str, ...]:
    """`astro-ph.GA`, `hep-th` → `astro-ph`, `hep-th`, each once, in order."""
    return tuple(dict.fromkeys(category.split(".")[0] for category in categories if category))


def no_paper_terms(categories: Sequence[str], texts: Sequence[str]) -> FindTerms:
    """For models that know no slots of terms, and languages that have no term base."""
    return no_terms


class PaperTerms:
    """The terms of papers, by the reader's glossary and the term base."""

    def __init__(self, own: Glossary, base: TermBase) -> None:
        self._own = own
        self._base = base

    def __call__(self, categories: Sequence[str], texts: Sequence[str]) -> FindTerms:
        """The archives come from the categories; for a paper without any, from its terms of several words. An
        abbreviation that the paper introduces stays as it is, whatever the base makes of it."""
        archives = archives_of(categories) or self._base.fields(texts)
        introduced = {match[1] for text in texts for match in _ABBREVIATION.finditer(text)}

        def find(text: str) -> list[FoundTerm]:
            own = self._own.find(text)
            others = [
                one
                for one in self._base.find(text, archives)
                if text[one.start : one.end].removesuffix("s") not in introduced
                and not any(one.start < mine.end and mine.start < one.end for mine in own)
            ]
            return sorted([*own, *others], key=lambda one: one.start)

        return find
