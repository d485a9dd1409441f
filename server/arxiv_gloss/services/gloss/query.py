"""What is asked: one paper, one target, some parts; completed by arXiv where only an id is given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from arxiv_gloss.errors import ArxivError, BadPaperId, EmptyAbstract, GlossError
from arxiv_gloss.events import Part
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import AT_ONCE, Arxiv, Metadata, address

DEFAULT_PARTS: tuple[Part, ...] = ("title", "translation", "summary", "takeaways")


@dataclass(frozen=True, slots=True)
class Ask:
    """One paper, one target language, and the parts wanted. Equal asks share one run."""

    id: str | None = None
    title: str = ""
    abstract: str | None = None
    """None: ask arXiv for the paper `id`."""
    target: str = "zh"
    parts: tuple[Part, ...] = DEFAULT_PARTS
    categories: tuple[str, ...] = ()
    """arXiv's, the first one first: they say how a term is rendered. Without them the paper's terms say its field."""
    asked: tuple[str, ...] = field(default=(), compare=False)
    """The addresses of arXiv's that were asked to complete this."""

    @property
    def is_complete(self) -> bool:
        """A title alone is glossed without its abstract."""
        return self.abstract is not None or (self.parts == ("title",) and self.title != "")


def complete(ask: Ask, arxiv: Arxiv | None) -> Ask:
    """The ask with an abstract, from arXiv if need be. Raises EmptyAbstract, BadPaperId or ArxivError."""
    (completed,) = complete_all([ask], arxiv)
    if isinstance(completed, GlossError):
        raise completed
    return completed


def complete_all(asks: Iterable[Ask], arxiv: Arxiv | None) -> Iterator[Ask | GlossError]:
    """Each ask with an abstract, or what is the matter with it; arXiv is asked for many papers at once."""
    rest = iter(asks)
    while some := list(islice(rest, AT_ONCE)):
        wanted: dict[int, PaperId | GlossError] = {k: _wanted(ask) for k, ask in enumerate(some) if not ask.is_complete}
        found = _found([one for one in wanted.values() if isinstance(one, PaperId)], arxiv)
        for k, ask in enumerate(some):
            one = wanted.get(k)
            yield _with_abstract(ask, one, found[one]) if isinstance(one, PaperId) else one or ask


def _wanted(ask: Ask) -> PaperId | GlossError:
    if ask.id is None:
        return EmptyAbstract("Give an abstract, or the arXiv id of a paper.")
    try:
        return PaperId.parse(ask.id)
    except BadPaperId as problem:
        return problem


def _found(papers: list[PaperId], arxiv: Arxiv | None) -> Mapping[PaperId, Metadata | ArxivError]:
    if not papers:
        return {}
    if arxiv is None:
        off = ArxivError("Asking arXiv is switched off (setting `ask_arxiv`). Give the abstract.")
        return dict.fromkeys(papers, off)
    try:
        return arxiv.many(papers)
    except ArxivError as problem:
        return dict.fromkeys(papers, problem)


def _with_abstract(ask: Ask, wanted: PaperId, found: Metadata | ArxivError) -> Ask | GlossError:
    if isinstance(found, ArxivError):
        return found
    title, categories = ask.title or found.title, ask.categories or found.categories
    return replace(
        ask, id=str(found.id), title=title, abstract=found.abstract, categories=categories, asked=(address(wanted),)
    )
