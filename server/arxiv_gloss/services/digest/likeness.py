"""Which papers of a list are like those that the reader saved, by the encoder's own vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from arxiv_gloss.engine.protocol import Engine, Source
from arxiv_gloss.errors import GlossError
from arxiv_gloss.papers.listings import ListEntry
from arxiv_gloss.storage.saved_papers import SavedPaper
from arxiv_gloss.text.segments import split
from arxiv_gloss.text.slots import mark

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Like:
    """A paper of a list, the saved paper that is nearest to it, and how near: 1 is the same."""

    key: str
    saved: SavedPaper
    nearness: float


def nearest(engine: Engine, papers: Sequence[ListEntry], saved: Sequence[SavedPaper], count: int) -> dict[str, Like]:
    """The `count` papers that are nearest to any saved one, by their keys. Papers that are saved themselves, and those
    that cannot be read, are none of them. Raises EngineError."""
    known = [(one, vector) for one in saved if (vector := _vector(engine, one.title, one.abstract))]
    names = {one.id for one in saved}
    found: list[Like] = []
    for paper in papers:
        vector = _vector(engine, paper.title, paper.abstract)
        if vector is None or not known or (paper.id and paper.id.name in names):
            continue
        near = [(sum(map(mul, vector, other)), one) for one, other in known]
        nearness, one = max(near, key=lambda pair: pair[0])
        found.append(Like(paper.key, one, nearness))
    found.sort(key=lambda like: -like.nearness)
    return {like.key: like for like in found[:count]}


def _vector(engine: Engine, title: str, abstract: str | None) -> Vector | None:
    segments = [segment.text for segment in split(abstract or "")] or [title]
    marked = mark(title, segments)
    try:
        return engine.embed(Source(marked.title, marked.segments))
    except GlossError:
        return None
