"""Title and abstract of a paper from arXiv's own API, with the manners that arXiv asks for.

Terms: one request every three seconds and one connection at a time (https://info.arxiv.org/help/api/tou.html).
"""

from __future__ import annotations

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urlencode
from xml.etree import ElementTree

from arxiv_gloss import __version__
from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.ids import PaperId

QUERY = "https://export.arxiv.org/api/query"
USER_AGENT = f"arxiv-gloss/{__version__}"
SPACING = 3.0
"""Seconds between two requests."""
TIMEOUT = 15.0
LONGEST_ANSWER = 1_000_000
ATOM = {"atom": "http://www.w3.org/2005/Atom"}

Get = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What arXiv says of a paper; `id` has the version that was found."""

    id: PaperId
    title: str
    abstract: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """arXiv's API does not redirect; whatever does is not arXiv."""
        return None


def get(address: str) -> bytes:
    """Fetch one address of arXiv's. Raises ArxivError."""
    request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT})
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT) as answer:
            body: bytes = answer.read(LONGEST_ANSWER + 1)
    except (OSError, HTTPException) as problem:
        raise ArxivError(
            f"arXiv can not be reached ({problem}). Paste the abstract instead, or try later."
        ) from problem
    if len(body) > LONGEST_ANSWER:
        raise ArxivError("arXiv answered with far more than one paper's metadata.")
    return body


def address(paper: PaperId) -> str:
    """What is asked for a paper's metadata."""
    return f"{QUERY}?{urlencode({'id_list': str(paper), 'max_results': 1})}"


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

    def metadata(self, paper: PaperId) -> Metadata:
        """Raises ArxivError when arXiv does not answer, or does not know the paper."""
        return _read(self.politely(lambda: self._get(address(paper))), paper)

    def politely(self, ask: Callable[[], bytes]) -> bytes:
        """The answer to one request, three seconds after the last one was answered."""
        with self._lock:
            self._sleep(max(0.0, self._next - self._clock()))
            try:
                return ask()
            finally:
                self._next = self._clock() + SPACING


def _read(answer: bytes, paper: PaperId) -> Metadata:
    try:
        feed = ElementTree.fromstring(answer)
    except ElementTree.ParseError as problem:
        raise ArxivError("arXiv's answer can not be read. Try again later.") from problem
    entry = feed.find("atom:entry", ATOM)
    address = _text(entry, "id")
    if entry is None or "/abs/" not in address:
        raise ArxivError(f"arXiv has no paper {paper}.")
    title, abstract = _text(entry, "title"), _text(entry, "summary")
    if not abstract:
        raise ArxivError(f"arXiv gives no abstract for {paper}.")
    return Metadata(PaperId.parse(address), " ".join(title.split()), abstract)


def _text(entry: ElementTree.Element | None, name: str) -> str:
    found = entry.findtext(f"atom:{name}", "", ATOM) if entry is not None else ""
    return found.strip()
