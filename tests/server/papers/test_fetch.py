"""PDFs from arXiv: asked for once, kept in a folder of limited size, and never fetched from anywhere else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest

from arxiv_gloss.errors import ArxivError
from arxiv_gloss.papers import fetch
from arxiv_gloss.papers.fetch import Papers, check_address, is_whole
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


@pytest.mark.parametrize(
    "address", [fetch.pdf_address(PAPER), "https://export.arxiv.org/pdf/2401.01234", "https://arxiv.org:443/x"]
)
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
        "file:///etc/passwd",
    ],
)
def test_nothing_else_is_asked(address: str) -> None:
    with pytest.raises(ArxivError, match="only arXiv itself"):
        check_address(address)
    redirects: Any = fetch._OnlyToArxiv()  # urllib's own method has no types
    with pytest.raises(ArxivError, match="only arXiv itself"):
        redirects.redirect_request(Request("https://arxiv.org/pdf/1"), None, 302, "Found", {}, address)


@pytest.mark.parametrize(
    ("pdf", "promised", "whole"),
    [(b"%PDF", "100", False), (b"%PDF", "4", True), (b"%PDF", None, False), (b"%PDF %%EOF\n", None, True)],
)
def test_a_pdf_that_was_cut_is_no_pdf(pdf: bytes, promised: str | None, whole: bool) -> None:
    assert is_whole(pdf, promised) is whole
