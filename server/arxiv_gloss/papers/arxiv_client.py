"""The one place that fetches anything: from arXiv alone, over https, by httpx."""

from __future__ import annotations

import math
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from arxiv_gloss import __version__
from arxiv_gloss.errors import ArxivError

HOSTS = frozenset({"arxiv.org", "export.arxiv.org", "oaipmh.arxiv.org"})
USER_AGENT = f"arxiv-gloss/{__version__}"
HEADERS = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
"""Nothing is compressed on its way, so that the bytes that were promised can be counted."""


class AskedTooMuch(ArxivError):
    """arXiv answered 429 or 503: it wants to be left alone for a while."""

    def __init__(self, retry_after: str | None) -> None:
        super().__init__("arXiv is rate-limiting requests. Try again in some minutes.")
        self.seconds = float(retry_after) if retry_after and retry_after.isdigit() else 0.0
        """What arXiv asks for; 0 when it does not say."""


class Refused(ArxivError):
    """arXiv answered with another status than 200."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"arXiv refuses (HTTP {status} {reason}). Try later.")
        self.status = status
        self.reason = reason


class Unreachable(ArxivError):
    """There was no answer, or it broke off."""


class TooLarge(ArxivError):
    """The answer has more bytes than may be read."""


class TooSlow(ArxivError):
    """The answer did not come to its end in time."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one answer."""

    size: int
    """Bytes."""
    silence: float
    """Seconds without a byte."""
    whole: float = math.inf
    """Seconds from the request to the last byte."""
    redirects: bool = False
    """Whether arXiv may send us on, to an address of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What arXiv sent."""

    body: bytes
    promised: int | None
    """Bytes that the answer said it has."""


def check_address(address: str) -> None:
    """Raises ArxivError unless the address is one of arXiv's, over https and its usual port."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.port not in (None, 443) or parts.username:
        raise ArxivError(f"arXiv points elsewhere ({parts.hostname}); only arXiv itself is asked.")


def fetch(address: str, limits: Limits, transport: httpx.BaseTransport | None = None) -> Answer:
    """One answer of arXiv's; `transport` stands for the network in tests.

    Raises AskedTooMuch, Refused, Unreachable, TooLarge or TooSlow, and ArxivError where an address is not arXiv's.
    """
    begun = time.monotonic()
    body = bytearray()
    try:
        with _client(limits, transport) as client, client.stream("GET", address) as answer:
            if answer.status_code in (429, 503):
                raise AskedTooMuch(answer.headers.get("Retry-After"))
            if answer.status_code != 200:
                raise Refused(answer.status_code, answer.reason_phrase)
            for chunk in answer.iter_bytes():
                body += chunk
                if len(body) > limits.size:
                    raise TooLarge("arXiv answered with far more than was asked for.")
                if time.monotonic() - begun > limits.whole:
                    raise TooSlow("arXiv answers too slowly. Try again later.")
            promised = answer.headers.get("Content-Length", "")
    except httpx.HTTPError as problem:
        raise Unreachable(_reason(problem)) from problem
    return Answer(bytes(body), int(promised) if promised.isdigit() else None)


def _client(limits: Limits, transport: httpx.BaseTransport | None) -> httpx.Client:
    """With the system's own certificates, as other programs of the reader have them."""

    def check(request: httpx.Request) -> None:
        check_address(str(request.url))

    return httpx.Client(
        headers=HEADERS,
        timeout=limits.silence,
        follow_redirects=limits.redirects,
        event_hooks={"request": [check]},
        transport=transport,
        verify=ssl.create_default_context(),
    )


def _reason(problem: Exception) -> str:
    """Why there was no answer, in the system's words where it said some: `Name or service not known`."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return str(problem) or type(problem).__name__
