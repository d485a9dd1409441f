"""A summary of its own: one row that sees the chosen sentences of the abstract alone, and is held against them.

Where it says what they do not, the condensations of two of these sentences stand in, and are no takeaways then: each
thing is said once.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from arxiv_gloss.engine.protocol import RowRequest, Source
from arxiv_gloss.events import SummarySentence
from arxiv_gloss.services.gloss.paper import Paper
from arxiv_gloss.services.gloss.rendering import render_condensation
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.support import support
from arxiv_gloss.text.terms.evidence import from_words
from arxiv_gloss.text.terms.lexicon import Lexicon

SYNTHESIS = "synthesis"
"""`EngineInfo.summary` of a bundle that learnt such rows."""
TASK = "digest"
MAX_CHARACTERS = 120
REPEATED = 0.75
"""From this share of common characters on, the shorter of two texts says nothing new."""


def synthesise(paper: Paper, rows: Rows, chosen: Sequence[int], lexicon: Lexicon) -> SummarySentence | None:
    """The summary of the `chosen` segments; None where nothing sound comes out."""
    marked = tuple(paper.source.segments[k] for k in chosen)
    sources = [paper.segments[k].source for k in chosen]
    inner = Source(paper.source.title, marked, paper.source.surfaces)
    for _, row in rows.of(inner).decode([RowRequest(TASK)]):
        rendered = render_condensation(row, sources, " ".join(marked), paper.surfaces, paper.language)
        held = support(rendered, sources, row, lexicon)
        if held.withheld or rendered.flags or not 0 < len(rendered.text) <= MAX_CHARACTERS:
            return None
        found = from_words(rendered.text, sources, lexicon).segments if lexicon else range(len(chosen))
        return SummarySentence(rendered.text, [chosen[k] for k in found], held.score, [])
    return None


def repeats(text: str, other: str) -> bool:
    """Whether one of two texts says hardly more than the other, by their longest common parts, in order."""
    common = sum(block.size for block in SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks())
    return common >= REPEATED * min(len(text), len(other))
