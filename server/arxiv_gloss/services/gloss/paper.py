"""A paper ready to be glossed: checked, cut, and marked as the encoder reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arxiv_gloss.engine.protocol import SlotText, Source
from arxiv_gloss.errors import NotEnglish, UnknownTarget
from arxiv_gloss.events import PaperRef, SegmentRef, Started
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.terms import FindPaperTerms, no_paper_terms
from arxiv_gloss.text import segments as text_segments
from arxiv_gloss.text.english import foreign
from arxiv_gloss.text.slots import FindTerms, Marked, Surface, mark, no_terms, slots_in
from arxiv_gloss.text.targets import language_of, targets_of


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be glossed."""

    query: GlossQuery
    segments: tuple[SegmentRef, ...]
    source: Source
    surfaces: tuple[Surface, ...]
    foreign: frozenset[int] = frozenset()
    """The segments that are not in English, which stay as they are."""
    title_is_foreign: bool = False

    @property
    def started(self) -> Started:
        return Started(PaperRef(self.query.id, self.query.title or None), list(self.segments))

    @property
    def language(self) -> str:
        """The language in which the rows come."""
        return language_of(self.query.target)

    def surfaces_in(self, marked: str) -> tuple[Surface, ...]:
        """What the slots of a marked text stand for, each once."""
        return tuple(self.surfaces[slot] for slot in dict.fromkeys(slots_in(marked)))


def source_of(marked: Marked) -> Source:
    return Source(marked.title, marked.segments, tuple(SlotText(one.text, one.shown) for one in marked.surfaces))


def of_sentences(sentences: Sequence[str], target: str, title: str = "", terms: FindTerms = no_terms) -> Paper:
    """A paper of these sentences, to be translated."""
    marked = mark(title, sentences, language_of(target), terms)
    refs = tuple(SegmentRef(k, (0, 0), text) for k, text in enumerate(sentences))
    query = GlossQuery(None, title, None, target, parts=("translation",))
    return Paper(query, refs, source_of(marked), marked.surfaces)


def prepare(query: GlossQuery, languages: tuple[str, ...], terms: FindPaperTerms = no_paper_terms) -> Paper:
    """Check and cut a query that is complete, for an engine that writes these languages, and mark it with its `terms`.

    Raises UnknownTarget, EmptyAbstract, AbstractTooLong, TitleTooLong, NotText or NotEnglish.
    """
    if query.target not in targets_of(languages):
        known = ", ".join(targets_of(languages))
        raise UnknownTarget(f"No installed model translates into {query.target!r}; the targets here are: {known}.")
    abstract = query.abstract or ""
    text_segments.check_title(query.title)
    text_segments.check_abstract(query.title if query.abstract is None else abstract)
    cut = text_segments.split(abstract)
    texts = [segment.text for segment in cut]
    not_english = foreign(texts)
    title_is_foreign = bool(foreign([text_segments.normalise(query.title)]))
    if len(not_english) == len(cut) and (cut or title_is_foreign):
        raise NotEnglish("The abstract does not seem to be in English, and only English can be glossed.")
    marked = mark(query.title, texts, language_of(query.target), terms(query.categories, [query.title, *texts]))
    refs = tuple(
        SegmentRef(segment.index, text_segments.utf16_span(abstract, segment), segment.text) for segment in cut
    )
    return Paper(query, refs, source_of(marked), marked.surfaces, not_english, title_is_foreign)
