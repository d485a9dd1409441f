"""A document cut into chunks that the encoder reads at once, each sentence with its place in the paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arxiv_gloss.papers.document import Paragraph
from arxiv_gloss.services.gloss.paper import Paper, of_sentences, source_of
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.text import segments as text_segments
from arxiv_gloss.text.english import foreign
from arxiv_gloss.text.slots import FindTerms, mark, no_terms
from arxiv_gloss.text.targets import language_of

LONGEST_CHUNK = 1_600
"""Characters of a chunk: some 400 tokens, which fit one window, and seldom more surfaces than slots."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring sentences as a paper of their own, and the page of each."""

    paper: Paper
    pages: tuple[int | None, ...]


def chunk_sentences(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    for paragraph in paragraphs:
        texts = [segment.text for segment in text_segments.split(paragraph.text)]
        skipped = foreign(texts)
        yield from (Sentence(text, paragraph.page) for k, text in enumerate(texts) if k not in skipped)


def chunks(title: str, read: Iterable[Sentence], target: str, terms: FindTerms = no_terms) -> list[Chunk]:
    """Sentences in chunks of at most LONGEST_CHUNK characters; each chunk stands under `title`, as in training."""
    made: list[Chunk] = []
    some: list[Sentence] = []
    for sentence in read:
        if some and sum(len(one.text) for one in some) + len(sentence.text) > LONGEST_CHUNK:
            made.append(_chunk(title, some, target, terms))
            some = []
        some.append(sentence)
    return [*made, _chunk(title, some, target, terms)] if some else made


def title_only(title: str, target: str, terms: FindTerms = no_terms) -> Paper:
    """A paper of which only the title is wanted."""
    marked = mark(title, [], language_of(target), terms)
    query = GlossQuery(None, title, None, target, parts=("title",))
    return Paper(query, (), source_of(marked), marked.surfaces)


def _chunk(title: str, read: list[Sentence], target: str, terms: FindTerms) -> Chunk:
    return Chunk(of_sentences([one.text for one in read], target, title, terms), tuple(one.page for one in read))
