"""The summary by a summarizer: English first, each sentence tied to what it says again, then translated."""

from __future__ import annotations

from arxiv_gloss.engine.protocol import RowRequest
from arxiv_gloss.events import Flag, Segment, Summary, SummarySentence
from arxiv_gloss.registry.router import ENGLISH_SUMMARY
from arxiv_gloss.services.gloss import flags
from arxiv_gloss.services.gloss.paper import Paper, of_sentences
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.translation import InFull, told
from arxiv_gloss.text import segments as text_segments
from arxiv_gloss.text.targets import ENGLISH
from arxiv_gloss.text.terms.evidence import from_same_words


def summarized(paper: Paper, rows: Rows) -> Summary | None:
    """The summary, without the sentences that nothing in the abstract supports; None when none is left.

    Numbers are held against the evidence in English, and against the English sentence in translation.
    """
    ((_, row),) = rows.decode([RowRequest(ENGLISH_SUMMARY)])
    sources = [segment.source for segment in paper.segments]
    tied = [(one.text, from_same_words(one.text, sources)) for one in text_segments.split(row.text)]
    sound = [(text, evidence) for text, evidence in tied if evidence.enough]
    sentences: list[SummarySentence] = []
    for (text, evidence), (said, lost) in zip(sound, _in_target(paper, rows, [one for one, _ in sound]), strict=True):
        beyond = flags.condensed([sources[k] for k in evidence.segments], text, ENGLISH)
        marks = [*beyond, *(flag for flag in lost if flag not in beyond)]
        sentences.append(SummarySentence(said, list(evidence.segments), round(evidence.score, 4), marks))
    return Summary(sentences) if sentences else None


def _in_target(paper: Paper, rows: Rows, english: list[str]) -> list[tuple[str, list[Flag]]]:
    """The sentences in the reader's language, and what their translations lost."""
    if paper.ask.target == ENGLISH or not english:
        return [(text, []) for text in english]
    inner = of_sentences(english, paper.ask.target)
    best: dict[int, tuple[str, list[Flag]]] = {}
    for event in told([InFull(inner)], rows.of(inner.source)):
        if isinstance(event, Segment):
            best[event.index] = (event.text, event.flags)
    return [best[k] for k in range(len(english))]
