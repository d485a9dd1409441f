"""What is sent to arXiv, what comes back, and that nobody else is asked."""

from __future__ import annotations

import httpx
import pytest

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers.arxiv_client import USER_AGENT, AskedTooMuch, Limits, Refused, TooLarge, check_address, fetch
from arxiv_gloss.papers.fetch import pdf_address
from arxiv_gloss.papers.harvest import OAI
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import QUERY, get

ADDRESS = "https://export.arxiv.org/api/query?id_list=2401.01234"
LIMITS = Limits(size=100, silence=5)


def transport(status: int, content: bytes = b"", **headers: str) -> httpx.MockTransport:
    return httpx.MockTransport(
        lambda _: httpx.Response(status, content=content, headers={k.replace("_", "-"): v for k, v in headers.items()})
    )


def test_an_answer_and_how_long_it_says_it_is() -> None:
    answer = fetch(ADDRESS, LIMITS, transport(200, b"<feed/>"))
    assert (answer.body, answer.promised) == (b"<feed/>", 7)


def test_arxiv_sees_who_asks() -> None:
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200)

    fetch(ADDRESS, LIMITS, httpx.MockTransport(answer))
    assert [headers["User-Agent"] for headers in seen] == [USER_AGENT]


@pytest.mark.parametrize("status", [429, 503])
def test_too_many_requests_say_how_long_to_wait(status: int) -> None:
    with pytest.raises(AskedTooMuch) as told:
        fetch(ADDRESS, LIMITS, transport(status, Retry_After="20"))
    assert told.value.seconds == 20
    with pytest.raises(AskedTooMuch) as told:
        fetch(ADDRESS, LIMITS, transport(status, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"))
    assert told.value.seconds == 0


@pytest.mark.parametrize("status", [301, 400, 404, 500])
def test_any_other_status_is_a_refusal(status: int) -> None:
    with pytest.raises(Refused, match=rf"arXiv refuses \(HTTP {status} "):
        fetch(ADDRESS, LIMITS, transport(status, Location="https://arxiv.org/elsewhere"))


def test_what_is_longer_than_asked_for_is_not_read() -> None:
    fetch(ADDRESS, LIMITS, transport(200, b"x" * 100))
    with pytest.raises(TooLarge):
        fetch(ADDRESS, LIMITS, transport(200, b"x" * 101))


def test_no_answer_says_why_and_what_else_can_be_done() -> None:
    def unreachable(_: httpx.Request) -> httpx.Response:
        try:
            raise OSError(-2, "Name or service not known")
        except OSError as problem:
            raise httpx.ConnectError(str(problem)) from problem

    with pytest.raises(ArxivError, match=r"cannot be reached \(Name or service not known\)\. Give a file instead"):
        get(ADDRESS, transport=httpx.MockTransport(unreachable))


@pytest.mark.parametrize("address", [pdf_address(PaperId("2401.01234")), QUERY, OAI, "https://arxiv.org:443/x"])
def test_arxiv_is_asked(address: str) -> None:
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://arxiv.org/pdf/2401.01234",
        "https://arxiv.org.evil.com/x",
        "https://evil.com/arxiv.org",
        "https://arxiv.org@evil.com/",
        "https://user@arxiv.org/",
        "https://arxiv.org:8080/",
        "https://127.0.0.1/",
    ],
)
def test_nobody_else_is_asked(address: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(302, headers={"Location": address})

    redirects = Limits(size=100, silence=5, redirects=True)
    with pytest.raises(ArxivError, match="only arXiv itself"):
        fetch(address, LIMITS, httpx.MockTransport(answer))
    assert not asked
    with pytest.raises(ArxivError, match="only arXiv itself"):
        fetch(ADDRESS, redirects, httpx.MockTransport(answer))
    assert len(asked) == 1
