"""PDFs from arXiv: asked for once, kept in a folder of limited size, and never fetched from anywhere else."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from arxiv_gloss.errors import ArxivError, PdfTooLarge
from arxiv_gloss.papers import fetch
from arxiv_gloss.papers.fetch import Papers, is_whole
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import SPACING, Arxiv

PAPER = PaperId.parse("2401.01234v2")
OLD_PAPER = PaperId.parse("hep-th/9901001v1")


class Server:
    """arXiv, from memory, with the clock that its requests are spaced by."""

    def __init__(self, size: int = 10) -> None:
        self.asked: list[str] = []
        self.now = 0.0
        self._size = size

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def __call__(self, address: str) -> bytes:
        self.asked.append(address)
        return b"%PDF" + b"x" * (self._size - 4)

    def papers(self, folder: Path | None, kept: int = fetch.KEPT) -> Papers:
        return Papers(Arxiv(lambda _: b"", lambda: self.now, self.sleep), folder, self, kept)


def test_a_version_is_asked_for_once(tmp_path: Path) -> None:
    arxiv = Server()
    address = "https://arxiv.org/pdf/2401.01234v2"
    assert arxiv.papers(tmp_path).pdf(PAPER) == (b"%PDFxxxxxx", address)
    assert arxiv.papers(tmp_path).pdf(PAPER) == (b"%PDFxxxxxx", None)
    assert arxiv.asked == [address]


def test_without_a_version_it_may_have_changed(tmp_path: Path) -> None:
    arxiv = Server()
    papers = arxiv.papers(tmp_path)
    papers.pdf(PaperId.parse("2401.01234"))
    papers.pdf(PaperId.parse("2401.01234"))
    assert len(arxiv.asked) == 2
    assert arxiv.now >= SPACING


def test_the_one_read_longest_ago_goes_first(tmp_path: Path) -> None:
    arxiv = Server(size=10)
    papers = arxiv.papers(tmp_path, kept=20)
    papers.pdf(PAPER)
    papers.pdf(OLD_PAPER)
    os.utime(tmp_path / "2401.01234v2.pdf", (1, 1))
    papers.pdf(PAPER)  # read again: now the other one is the older
    os.utime(tmp_path / "hep-th_9901001v1.pdf", (2, 2))
    papers.pdf(PaperId.parse("2401.05678v1"))
    assert {file.name for file in tmp_path.iterdir()} == {"2401.01234v2.pdf", "2401.05678v1.pdf"}


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Server().papers(tmp_path / "file" / "papers").pdf(PAPER)[0].startswith(b"%PDF")


def test_switched_off_only_the_folder_is_read(tmp_path: Path) -> None:
    with pytest.raises(ArxivError, match="ask_arxiv"):
        Papers(None, tmp_path).pdf(PAPER)
    Server().papers(tmp_path).pdf(PAPER)
    assert Papers(None, tmp_path).pdf(PAPER)[1] is None


def answering(*answers: httpx.Response) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """arXiv at the other end of the wire, and what was sent there."""
    left, asked = list(answers), []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return left.pop(0)

    return httpx.MockTransport(answer), asked


def test_a_pdf_comes_from_where_arxiv_sends_us() -> None:
    moved = httpx.Response(301, headers={"Location": "https://arxiv.org/pdf/2401.01234v2"})
    arxiv, asked = answering(moved, httpx.Response(200, content=b"%PDF"))
    assert fetch.download("https://export.arxiv.org/pdf/2401.01234v2", arxiv) == b"%PDF"
    assert [request.url.host for request in asked] == ["export.arxiv.org", "arxiv.org"]
    assert {request.headers["Accept-Encoding"] for request in asked} == {"identity"}


def test_a_redirect_to_another_host_is_not_followed() -> None:
    arxiv, asked = answering(httpx.Response(302, headers={"Location": "https://evil.com/2401.01234v2"}))
    with pytest.raises(ArxivError, match=r"points elsewhere \(evil.com\)"):
        fetch.download(fetch.pdf_address(PAPER), arxiv)
    assert len(asked) == 1


def test_a_pdf_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LIMITS", replace(fetch.LIMITS, size=1000))
    with pytest.raises(PdfTooLarge):
        fetch.download(fetch.pdf_address(PAPER), answering(httpx.Response(200, content=b"x" * 1001))[0])


def test_a_pdf_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LIMITS", replace(fetch.LIMITS, whole=-1.0))
    with pytest.raises(ArxivError, match="too slowly"):
        fetch.download(fetch.pdf_address(PAPER), answering(httpx.Response(200, content=b"%PDF"))[0])


def test_a_pdf_that_is_not_there() -> None:
    with pytest.raises(ArxivError, match="no PDF of this paper"):
        fetch.download(fetch.pdf_address(PAPER), answering(httpx.Response(404))[0])
    with pytest.raises(ArxivError, match=r"cannot give the PDF \(HTTP 500 Internal Server Error\)"):
        fetch.download(fetch.pdf_address(PAPER), answering(httpx.Response(500))[0])


def test_a_pdf_whose_connection_breaks_off() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    with pytest.raises(ArxivError, match=r"cannot be reached .peer closed"):
        fetch.download(fetch.pdf_address(PAPER), httpx.MockTransport(broken))


@pytest.mark.parametrize(
    ("pdf", "promised", "whole"),
    [(b"%PDF", 100, False), (b"%PDF", 4, True), (b"%PDF", None, False), (b"%PDF %%EOF\n", None, True)],
)
def test_a_pdf_that_was_cut_is_no_pdf(pdf: bytes, promised: int | None, whole: bool) -> None:
    assert is_whole(pdf, promised) is whole
