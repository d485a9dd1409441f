"""What is asked, checked and cut: from a request to the source that the encoder reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from arxiv_gloss.engine.protocol import SlotText, Source
from arxiv_gloss.errors import ArxivError, BadPaperId, EmptyAbstract, GlossError, UnknownTarget
from arxiv_gloss.events import PaperRef, Part, SegmentRef, Started
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import AT_ONCE, Arxiv, Metadata, address
from arxiv_gloss.text import segments as text_segments
from arxiv_gloss.text.slots import Marked, Surface, mark, slots_in
from arxiv_gloss.text.targets import offered, tongue

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
    asked: tuple[str, ...] = field(default=(), compare=False)
    """The addresses of arXiv's that were asked to complete this."""

    @property
    def is_complete(self) -> bool:
        """A title alone is glossed without its abstract."""
        return self.abstract is not None or (self.parts == ("title",) and self.title != "")


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be glossed."""

    ask: Ask
    segments: tuple[SegmentRef, ...]
    source: Source
    surfaces: tuple[Surface, ...]

    @property
    def started(self) -> Started:
        return Started(PaperRef(self.ask.id, self.ask.title or None), list(self.segments))

    @property
    def tongue(self) -> str:
        """The language in which the rows come."""
        return tongue(self.ask.target)

    def surfaces_in(self, marked: str) -> tuple[Surface, ...]:
        """What the slots of a marked text stand for, each once."""
        return tuple(self.surfaces[slot] for slot in dict.fromkeys(slots_in(marked)))


def source_of(marked: Marked) -> Source:
    return Source(marked.title, marked.segments, tuple(SlotText(one.text, one.shown) for one in marked.surfaces))


def of_sentences(sentences: Sequence[str], target: str, title: str = "") -> Paper:
    """A paper of these sentences, to be translated."""
    marked = mark(title, sentences, tongue(target))
    refs = tuple(SegmentRef(k, (0, 0), text) for k, text in enumerate(sentences))
    ask = Ask(None, title, None, target, parts=("translation",))
    return Paper(ask, refs, source_of(marked), marked.surfaces)


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
    title = ask.title or found.title
    return replace(ask, id=str(found.id), title=title, abstract=found.abstract, asked=(address(wanted),))


def prepare(ask: Ask, spoken: tuple[str, ...]) -> Paper:
    """Check and cut an ask that is complete, for an engine that speaks these languages.

    Raises UnknownTarget, EmptyAbstract, AbstractTooLong, NotText or NotEnglish.
    """
    if ask.target not in offered(spoken):
        known = ", ".join(offered(spoken))
        raise UnknownTarget(f"No installed model translates into {ask.target!r}; the targets here are: {known}.")
    abstract = ask.abstract or ""
    text_segments.check(ask.title if ask.abstract is None else abstract)
    cut = text_segments.split(abstract)
    marked = mark(ask.title, [segment.text for segment in cut], tongue(ask.target))
    refs = tuple(
        SegmentRef(segment.index, text_segments.utf16_span(abstract, segment), segment.text) for segment in cut
    )
    return Paper(ask, refs, source_of(marked), marked.surfaces)
