"""One section of a paper: its title, and the one or two of its sentences that say most, condensed."""

from __future__ import annotations

from dataclasses import dataclass

from arxiv_gloss.events import Flag, Label, Place, SectionGist
from arxiv_gloss.papers.document import Section
from arxiv_gloss.services.fulltext.chunks import Piece, pieces, sentences
from arxiv_gloss.services.fulltext.context import Reading
from arxiv_gloss.services.fulltext.headings import heading
from arxiv_gloss.services.gloss import selection
from arxiv_gloss.services.gloss.condensation import Gists
from arxiv_gloss.services.gloss.extractive import salience_by_cues
from arxiv_gloss.services.gloss.flags import NOT_ENGLISH
from arxiv_gloss.services.gloss.rows import Rows
from arxiv_gloss.services.gloss.translation import told
from arxiv_gloss.text.length_split import joined
from arxiv_gloss.text.shorten import shorten
from arxiv_gloss.text.targets import language_of
from arxiv_gloss.text.validity import is_english

LONG = 8
"""Sentences from which on a section is worth two."""
TRIES = 3
"""How many times as many sentences are condensed, at most, as are wanted."""
SHORTEST, LONGEST = 40, 400
"""Characters of a sentence that can speak for its section: fragments and lists can not."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A condensed sentence of a section, with what decides whether it becomes a takeaway of the paper."""

    text: str
    place: Place
    score: float
    label: Label
    weight: float
    """The probability of its most probable label."""
    flags: list[Flag]


@dataclass(frozen=True, slots=True)
class ReadSection:
    event: SectionGist
    spoken: list[Spoken]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence: its place in the section and in its piece, and what the encoder makes of it."""

    position: int
    piece: Piece
    k: int
    labels: dict[str, float]
    rows: Rows

    @property
    def source(self) -> str:
        return self.piece.paper.segments[self.k].source


def read_section(reading: Reading, title: str, index: int, section: Section) -> ReadSection:
    """`title`: the paper's. Raises EngineError or Cancelled."""
    foreign = not is_english("\n".join(one.text for one in section.paragraphs))
    some = [] if foreign else pieces(title, sentences(section.paragraphs), reading.target, reading.terms)
    every = _every(reading, some)
    spoken = _spoken(reading, section, every)
    named, flags = heading(reading, section.title)
    flags = [*flags, NOT_ENGLISH] if foreign else flags
    event = SectionGist(
        index,
        named,
        section.level,
        section.page,
        joined([one.text for one in spoken], language_of(reading.target)),
        [one.place for one in spoken],
        flags + [flag for one in spoken for flag in one.flags],
    )
    return ReadSection(event, spoken)


def _every(reading: Reading, cut: list[Piece]) -> list[_Candidate]:
    """All sentences, in source order, as the encoder sees them."""
    every: list[_Candidate] = []
    for piece in cut:
        sources = [segment.source for segment in piece.paper.segments]
        rows = reading.rows(piece.paper)
        salience = rows.salience() or salience_by_cues(sources)
        every += [_Candidate(len(every) + k, piece, k, labels, rows) for k, labels in enumerate(salience)]
    return every


def _spoken(reading: Reading, section: Section, every: list[_Candidate]) -> list[Spoken]:
    """The sentences of most weight, condensed, in source order; one that would be withheld gives way to the next."""
    fit = [one for one in every if SHORTEST <= len(one.source) <= LONGEST]
    best = sorted(fit, key=lambda one: -selection.fitness(one.labels))
    wanted = 2 if len(every) >= LONG else 1
    made: dict[int, Spoken] = {}
    for start in range(0, min(len(best), wanted * TRIES), wanted):
        for one in best[start : start + wanted]:
            if len(made) < wanted and (spoken := _say(reading, section, one)):
                made[one.position] = spoken
        if len(made) == wanted:
            break
    return [made[k] for k in sorted(made)]


def _say(reading: Reading, section: Section, one: _Candidate) -> Spoken | None:
    place = Place(section.title, one.piece.pages[one.k], one.source, section.anchor)
    label, weight = selection.part(one.labels), selection.weight(one.labels)
    if not reading.translates:
        return Spoken(shorten(one.source), place, 1.0, label, weight, [])
    gists = Gists(one.piece.paper, [one.k], reading.glosser.lexicon_of(one.piece.paper))
    for _ in told([gists], one.rows):
        pass
    made = gists.made[one.k]
    if made.support.withheld or not made.worded.text:
        return None
    return Spoken(made.worded.text, place, made.support.score, label, weight, list(made.worded.flags))
