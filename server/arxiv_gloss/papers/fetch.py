"""The PDF of a paper from arXiv, by id only, and kept in a folder of limited size.

One request every three seconds (https://info.arxiv.org/help/api/tou.html), a redirect only to arXiv itself, 50 MB at
most. Nothing else is ever fetched.
"""

from __future__ import annotations

import contextlib
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from arxiv_gloss.errors import ArxivError, PdfTooLarge
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import USER_AGENT, Arxiv, reason, too_much
from arxiv_gloss.private_files import write_private

HOSTS = frozenset({"arxiv.org", "export.arxiv.org"})
_TIMEOUT = 30.0
"""Seconds without a byte."""
LONGEST_FETCH = 180.0
"""Seconds for the whole of it."""
LONGEST_PDF = 50 * 2**20
KEPT = 500 * 2**20
"""Bytes of PDFs that are kept; the ones that were read longest ago go first."""
CHUNK = 2**16

Download = Callable[[str], bytes]


class _OnlyToArxiv(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_address(address: str) -> None:
    """Raises ArxivError unless the address is one of arXiv's, over https and its usual port."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in HOSTS or parts.port not in (None, 443) or parts.username:
        raise ArxivError(f"arXiv points elsewhere ({parts.hostname}); only arXiv itself is asked.")


def download(address: str) -> bytes:
    """Fetch one PDF of arXiv's. Raises ArxivError or PdfTooLarge."""
    check_address(address)
    request = urllib.request.Request(address, headers={"User-Agent": USER_AGENT})
    deadline = time.monotonic() + LONGEST_FETCH
    body = bytearray()
    try:
        with urllib.request.build_opener(_OnlyToArxiv).open(request, timeout=_TIMEOUT) as answer:
            while chunk := answer.read(CHUNK):
                body += chunk
                if len(body) > LONGEST_PDF:
                    raise PdfTooLarge(f"The PDF has more than {LONGEST_PDF // 2**20} MB.")
                if time.monotonic() > deadline:
                    raise ArxivError("arXiv sends the PDF too slowly. Try again later, or give the file itself.")
            promised = answer.headers.get("Content-Length")
    except urllib.error.HTTPError as problem:
        if problem.code == 404:
            raise ArxivError("arXiv has no PDF of this paper.") from problem
        refused = ArxivError(f"arXiv cannot give the PDF ({problem}). Try later, or give the file itself.")
        raise too_much(problem) or refused from problem
    except (OSError, HTTPException) as problem:
        raise ArxivError(
            f"arXiv cannot be reached ({reason(problem)}). Give the PDF's file instead, or try later."
        ) from problem
    if not is_whole(body, promised):
        raise ArxivError("The PDF was cut on its way from arXiv. Try again.")
    return bytes(body)


def is_whole(pdf: bytes | bytearray, promised: str | None) -> bool:
    """Whether a PDF has all bytes that were promised, or, where nothing was promised, an end."""
    if promised and promised.isdigit():
        return len(pdf) == int(promised)
    return b"%%EOF" in pdf[-2048:]


def pdf_address(paper: PaperId) -> str:
    """What is asked for a paper's PDF."""
    return f"https://arxiv.org/pdf/{paper}"


class Papers:
    """PDFs by id: from the folder where they are there, else from arXiv."""

    def __init__(
        self, arxiv: Arxiv | None, folder: Path | None, download: Download = download, kept: int = KEPT
    ) -> None:
        """`arxiv` None: never ask; `folder` None: keep nothing; `kept`: bytes."""
        self._arxiv = arxiv
        self._folder = folder
        self._download = download
        self._kept = kept

    def pdf(self, paper: PaperId) -> tuple[bytes, str | None]:
        """The PDF, and the address that was asked for it, if any. Raises ArxivError or PdfTooLarge."""
        file = self._folder / f"{str(paper).replace('/', '_')}.pdf" if self._folder else None
        if file and paper.version is not None:  # without a version it may have changed
            with contextlib.suppress(OSError):
                content = file.read_bytes()
                os.utime(file)
                return content, None
        if self._arxiv is None:
            raise ArxivError("Asking arXiv is switched off (setting `ask_arxiv`). Give the PDF's file.")
        content = self._arxiv.politely(lambda: self._download(pdf_address(paper)))
        if file:
            self._keep(file, content)
        return content, pdf_address(paper)

    def _keep(self, file: Path, content: bytes) -> None:
        """A folder that cannot be written means that nothing is kept, not that nothing is read."""
        with contextlib.suppress(OSError):
            write_private(file, content)
            self._make_room(file)

    def _make_room(self, newest: Path) -> None:
        files = sorted(newest.parent.glob("*.pdf"), key=lambda one: (one == newest, one.stat().st_mtime))
        total = sum(one.stat().st_size for one in files)
        for one in files:
            if total <= self._kept or one == newest:
                break
            total -= one.stat().st_size
            one.unlink()
