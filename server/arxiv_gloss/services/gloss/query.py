"""A request for one gloss; arXiv completes it where only an id is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from arxiv_gloss.errors import ArxivError, BadPaperId, EmptyAbstract, GlossError
from arxiv_gloss.events import Part
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import AT_ONCE, Arxiv, Metadata, metadata_address

DEFAULT_PARTS: tuple[Part, ...] = ("title", "translation", "summary", "takeaways")


@dataclass(frozen=True, slots=True)
class GlossQuery:
    """One paper, one target language, and the parts wanted. Equal queries share one job."""

    id: str | None = None
    title: str = ""
    abstract: str | None = None
    """None: ask arXiv for the paper `id`."""
    target: str = "zh"
    parts: tuple[Part, ...] = DEFAULT_PARTS
    categories: tuple[str, ...] = ()
    """arXiv's, the first one first: they say how a term is rendered. Without them the paper's terms say its field."""
    requests_sent: tuple[str, ...] = field(default=(), compare=False)
    """arXiv's addresses that were fetched to complete this."""

    @property
    def is_complete(self) -> bool:
        """A title alone is glossed without its abstract."""
        return self.abstract is not None or (self.parts == ("title",) and self.title != "")


def complete(query: GlossQuery, arxiv: Arxiv | None) -> GlossQuery:
    """The query with an abstract, from arXiv if need be. Raises EmptyAbstract, BadPaperId or ArxivError."""
    (completed,) = complete_all([query], arxiv)
    if isinstance(completed, GlossError):
        raise completed
    return completed


def check_wanted(query: GlossQuery, arxiv: Arxiv | None) -> None:
    """What can be known of a query without abstract before arXiv is asked. Raises EmptyAbstract, BadPaperId, or
    ArxivError where arXiv may not be asked."""
    wanted = _wanted(query)
    if isinstance(wanted, GlossError):
        raise wanted
    if arxiv is None:
        raise _switched_off()


def _switched_off() -> ArxivError:
    return ArxivError("Asking arXiv is switched off (setting `ask_arxiv`). Give the abstract.")


def complete_all(queries: Iterable[GlossQuery], arxiv: Arxiv | None) -> Iterator[GlossQuery | GlossError]:
    """Each query with an abstract, or its error; arXiv is asked for many papers at once."""
    rest = iter(queries)
    while some := list(islice(rest, AT_ONCE)):
        wanted: dict[int, PaperId | GlossError] = {
            k: _wanted(query) for k, query in enumerate(some) if not query.is_complete
        }
        found = _found([one for one in wanted.values() if isinstance(one, PaperId)], arxiv)
        for k, query in enumerate(some):
            one = wanted.get(k)
            yield _with_abstract(query, one, found[one]) if isinstance(one, PaperId) else one or query


def _wanted(query: GlossQuery) -> PaperId | GlossError:
    if query.id is None:
        return EmptyAbstract("Give an abstract, or the arXiv id of a paper.")
    try:
        return PaperId.parse(query.id)
    except BadPaperId as problem:
        return problem


def _found(papers: list[PaperId], arxiv: Arxiv | None) -> Mapping[PaperId, Metadata | ArxivError]:
    if not papers:
        return {}
    if arxiv is None:
        return dict.fromkeys(papers, _switched_off())
    try:
        return arxiv.many(papers)
    except ArxivError as problem:
        return dict.fromkeys(papers, problem)


def _with_abstract(query: GlossQuery, wanted: PaperId, found: Metadata | ArxivError) -> GlossQuery | GlossError:
    if isinstance(found, ArxivError):
        return found
    title, categories, sent = (
        query.title or found.title,
        query.categories or found.categories,
        (metadata_address(wanted),),
    )
    return replace(
        query, id=str(found.id), title=title, abstract=found.abstract, categories=categories, requests_sent=sent
    )
