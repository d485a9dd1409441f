"""The use case: a list in, an edition out; what was done before is not done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from arxiv_gloss.errors import GlossError
from arxiv_gloss.papers.listings import ListEntry, Listing
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.services.digest.edition import (
    DigestPaper,
    Edition,
    Kept,
    Problem,
    SectionCount,
    listed,
    write_edition,
)
from arxiv_gloss.services.digest.topic import Topic
from arxiv_gloss.services.gloss.query import GlossQuery, complete_all
from arxiv_gloss.services.gloss.result import GlossResult

_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    of: int
    failed: int


def make(
    topic: Topic,
    listing: Listing,
    day: str,
    target: str,
    gloss: Callable[[GlossQuery], GlossResult],
    folder: Path,
    arxiv: Arxiv | None = None,
) -> Iterator[Progress | Edition]:
    """Gloss the papers of the list that belong to the topic, keeping each in `folder` as it is done; the edition comes
    last. `gloss` is called from several threads. Papers without abstract are asked of `arxiv`. Raises OSError."""
    chosen = [(paper, why) for paper in listing.papers if (why := topic.why(paper))]
    edition = Edition(
        topic=topic.name,
        day=day,
        target=target,
        counts=[SectionCount(one.title, one.total, len(one.papers)) for one in listing.sections],
        off_topic=len(listing.papers) - len(chosen),
        papers=[],
    )
    kept = Kept(folder, edition.name)
    done = kept.read(target)
    failed = 0
    yield Progress(len(done), len(chosen), failed)
    for paper in _glossed([one for one in chosen if one[0].key not in done], target, gloss, arxiv):
        done[paper.key] = paper
        failed += paper.gloss is None
        if paper.gloss is not None:
            kept.add(paper, target)
        yield Progress(len(done), len(chosen), failed)
    edition = replace(edition, papers=_withdrawn_last([replace(done[paper.key], why=why) for paper, why in chosen]))
    write_edition(edition, folder)
    yield edition


def _withdrawn_last(papers: list[DigestPaper]) -> list[DigestPaper]:
    return sorted(papers, key=lambda paper: paper.withdrawn)


def _glossed(
    chosen: list[tuple[ListEntry, list[str]]],
    target: str,
    gloss: Callable[[GlossQuery], GlossResult],
    arxiv: Arxiv | None,
) -> Iterator[DigestPaper]:
    queries = [
        GlossQuery(str(one.id) if one.id else None, one.title, one.abstract, target, categories=one.subjects)
        for one, _ in chosen
    ]

    def work(query: GlossQuery | GlossError, paper: DigestPaper) -> DigestPaper:
        try:
            if isinstance(query, GlossError):
                raise query
            return replace(paper, gloss=gloss(query), id=query.id)
        except GlossError as problem:
            return replace(paper, problem=Problem(problem.code, problem.message))

    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="digest") as pool:
        futures: list[Future[DigestPaper]] = [
            pool.submit(work, query, listed(paper, why))
            for query, (paper, why) in zip(complete_all(queries, arxiv), chosen, strict=True)
        ]
        try:
            for future in futures:
                yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
