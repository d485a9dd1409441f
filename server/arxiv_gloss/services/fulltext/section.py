"""One section of a paper: its title, and the one or two of its most relevant sentences, condensed."""

from __future__ import annotations

from dataclasses import dataclass

from arxiv_gloss.events import Flag, Label, Place, SectionGist
from arxiv_gloss.papers.document import Section
from arxiv_gloss.services.fulltext.chunks import Chunk, chunk_sentences, chunks
from arxiv_gloss.services.fulltext.context import Context
from arxiv_gloss.services.fulltext.headings import gloss_heading
from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.condensation import Condensations
from arxiv_gloss.services.gloss.extractive import salience_by_cues
from arxiv_gloss.services.gloss.flags import NOT_ENGLISH
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.section import decode_sections
from arxiv_gloss.text.english import is_english
from arxiv_gloss.text.length_split import joined
from arxiv_gloss.text.shorten import shorten
from arxiv_gloss.text.targets import language_of

_LONG = 8
"""Sentences from which on a section is worth two."""
TRIES = 3
"""How many times as many sentences are condensed, at most, as are wanted."""
SHORTEST, LONGEST = 40, 400
"""Characters of a sentence that can speak for its section: fragments and lists cannot."""


@dataclass(frozen=True, slots=True)
class KeySentence:
    """A condensed sentence of a section, with what decides whether it becomes a takeaway of the paper."""

    text: str
    place: Place
    score: float
    label: Label
    weight: float
    """The probability of its most probable label."""
    flags: list[Flag]


@dataclass(frozen=True, slots=True)
class GlossedSection:
    event: SectionGist
    key_sentences: list[KeySentence]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence: its place in the section and in its chunk, and what the encoder makes of it."""

    position: int
    chunk: Chunk
    k: int
    labels: dict[str, float]
    rows: Rows

    @property
    def source(self) -> str:
        return self.chunk.paper.segments[self.k].source


def gloss_section(context: Context, title: str, index: int, section: Section) -> GlossedSection:
    """`title`: the paper's. Raises EngineError or Cancelled."""
    foreign = not is_english("\n".join(one.text for one in section.paragraphs))
    some = [] if foreign else chunks(title, chunk_sentences(section.paragraphs), context.target, context.terms)
    every = _every(context, some)
    key_sentences = _key_sentences(context, section, every)
    heading, flags = gloss_heading(context, section.title)
    flags = [*flags, NOT_ENGLISH] if foreign else flags
    event = SectionGist(
        index,
        heading,
        section.level,
        section.page,
        joined([one.text for one in key_sentences], language_of(context.target)),
        [one.place for one in key_sentences],
        flags + [flag for one in key_sentences for flag in one.flags],
    )
    return GlossedSection(event, key_sentences)


def _every(context: Context, cut: list[Chunk]) -> list[_Candidate]:
    """All sentences, in source order, as the encoder sees them."""
    every: list[_Candidate] = []
    for chunk in cut:
        sources = [segment.source for segment in chunk.paper.segments]
        rows = context.rows(chunk.paper)
        salience = rows.salience() or salience_by_cues(sources)
        every += [_Candidate(len(every) + k, chunk, k, labels, rows) for k, labels in enumerate(salience)]
    return every


def _key_sentences(context: Context, section: Section, every: list[_Candidate]) -> list[KeySentence]:
    """The most relevant sentences, condensed, in source order; one that would be withheld gives way to the next."""
    fit = [one for one in every if SHORTEST <= len(one.source) <= LONGEST]
    best = sorted(fit, key=lambda one: -selection.relevance(one.labels))
    wanted = 2 if len(every) >= _LONG else 1
    made: dict[int, KeySentence] = {}
    for start in range(0, min(len(best), wanted * TRIES), wanted):
        for one in best[start : start + wanted]:
            if len(made) < wanted and (key := _key_sentence(context, section, one)):
                made[one.position] = key
        if len(made) == wanted:
            break
    return [made[k] for k in sorted(made)]


def _key_sentence(context: Context, section: Section, one: _Candidate) -> KeySentence | None:
    place = Place(section.title, one.chunk.pages[one.k], one.source, section.anchor)
    label, weight = selection.role_of(one.labels), selection.weight(one.labels)
    if not context.translates:
        return KeySentence(shorten(one.source), place, 1.0, label, weight, [])
    paper, glosser = one.chunk.paper, context.glosser
    gists = Condensations(paper, [one.k], glosser.lexicon_of(paper), glosser.doubt_of(paper))
    for _ in decode_sections([gists], one.rows):
        pass
    made = gists.made[one.k]
    if made.support.withheld or not made.rendered.text:
        return None
    return KeySentence(made.rendered.text, place, made.support.score, label, weight, list(made.rendered.flags))
