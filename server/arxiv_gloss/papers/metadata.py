"""Title and abstract of a paper from arXiv's own API, with the manners that arXiv asks for.

Terms: one request every three seconds and one connection at a time (https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.arxiv_client import AskedTooMuch, Limits, Unreachable, fetch
from arxiv_gloss.papers.ids import PaperId

if TYPE_CHECKING:
    from httpx import BaseTransport

QUERY = "https://export.arxiv.org/api/query"
SPACING = 3.0
"""Seconds between two requests."""
AT_ONCE = 50
"""Papers in one request: their answer stays well below LONGEST_ANSWER."""
LONGEST_ANSWER = 1_000_000
_LIMITS = Limits(size=LONGEST_ANSWER, silence=15.0, whole=60.0)
ATOM = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}

BACK_OFF = (10.0, 30.0, 90.0)
"""Seconds to wait when arXiv limits requests, each time longer."""
LONGEST_WAIT = 180.0
"""Seconds, whatever arXiv itself says."""

Get = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What arXiv says of a paper; `id` has the version that was found."""

    id: PaperId
    title: str
    abstract: str
    categories: tuple[str, ...] = ()
    """The primary one first."""


def get(address: str, longest: int = LONGEST_ANSWER, transport: BaseTransport | None = None) -> bytes:
    """Fetch at most `longest` bytes from one address of arXiv's, which does not redirect. Raises ArxivError."""
    try:
        return fetch(address, replace(_LIMITS, size=longest), transport).body
    except Unreachable as problem:
        raise ArxivError(f"arXiv cannot be reached ({problem}). Give a file instead, or try later.") from problem


def metadata_address(*papers: PaperId) -> str:
    """What is asked for the metadata of papers."""
    return f"{QUERY}?{urlencode({'id_list': ','.join(map(str, papers)), 'max_results': len(papers)}, safe=',/')}"


class Arxiv:
    """Asks arXiv for metadata, by id only, one request at a time."""

    def __init__(
        self,
        get: Get = get,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._get = get
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0
        self._left_alone_until = -math.inf
        """When arXiv went on saying that it is too much: those who waited behind need not ask again."""

    def metadata(self, paper: PaperId) -> Metadata:
        """Raises ArxivError when arXiv does not answer, or does not know the paper."""
        found = self.many([paper])[paper]
        if isinstance(found, ArxivError):
            raise found
        return found

    def many(self, papers: Sequence[PaperId]) -> dict[PaperId, Metadata | ArxivError]:
        """Of at most AT_ONCE papers in one request, each paper's metadata or what is the matter with it.

        Raises ArxivError when arXiv does not answer."""
        answer = self.politely(lambda: self._get(metadata_address(*papers)))
        entries = {found.name: entry for found, entry in _entries(answer)}
        return {paper: _metadata(entries.get(paper.name), paper) for paper in papers}

    def politely(self, ask: Callable[[], bytes]) -> bytes:
        """The answer to one request, three seconds after the last one was answered; asked again, ever later, while
        arXiv says that it is too much. Raises what `ask` raises."""
        with self._lock:
            if self._clock() < self._left_alone_until:
                raise AskedTooMuch(None)
            for wait in BACK_OFF:
                try:
                    return self._spaced(ask)
                except AskedTooMuch as problem:
                    self._sleep(min(max(wait, problem.seconds), LONGEST_WAIT))
            try:
                return self._spaced(ask)
            except AskedTooMuch:
                self._left_alone_until = self._clock() + LONGEST_WAIT
                raise

    def _spaced(self, ask: Callable[[], bytes]) -> bytes:
        self._sleep(max(0.0, self._next - self._clock()))
        try:
            return ask()
        finally:
            self._next = self._clock() + SPACING


def _entries(answer: bytes) -> Iterator[tuple[PaperId, ElementTree.Element]]:
    try:
        feed = ElementTree.fromstring(answer)
    except ElementTree.ParseError as problem:
        raise ArxivError("arXiv's answer cannot be read. Try again later.") from problem
    for entry in feed.findall("atom:entry", ATOM):
        if "/abs/" in (address := _text(entry, "id")):  # an error is an entry too, with another address
            yield PaperId.parse(address), entry


def _metadata(entry: ElementTree.Element | None, paper: PaperId) -> Metadata | ArxivError:
    if entry is None:
        return ArxivError(f"arXiv has no paper {paper}.")
    title, abstract = _text(entry, "title"), _text(entry, "summary")
    if not abstract:
        return ArxivError(f"arXiv gives no abstract for {paper}.")
    return Metadata(PaperId.parse(_text(entry, "id")), " ".join(title.split()), abstract, _categories(entry))


def _categories(entry: ElementTree.Element) -> tuple[str, ...]:
    named = [*entry.findall("arxiv:primary_category", ATOM), *entry.findall("atom:category", ATOM)]
    return tuple(dict.fromkeys(term for one in named if (term := one.get("term", ""))))


def _text(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"atom:{name}", "", ATOM).strip()
