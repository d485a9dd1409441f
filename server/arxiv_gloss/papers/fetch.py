"""The PDF of a paper from arXiv, by id only, and kept in a folder of limited size.

One request every three seconds (https://info.arxiv.org/help/api/tou.html), a redirect only to arXiv itself, 50 MB at
most. Nothing else is ever fetched.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from arxiv_gloss.errors import ArxivError, PdfTooLarge
from arxiv_gloss.papers.arxiv_client import Limits, Refused, TooLarge, TooSlow, Unreachable, fetch
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.private_files import write_private

if TYPE_CHECKING:
    from httpx import BaseTransport

LONGEST_PDF = 50 * 2**20
LIMITS = Limits(size=LONGEST_PDF, silence=30.0, whole=180.0, redirects=True)
KEPT = 500 * 2**20
"""Bytes of PDFs that are kept; the ones that were read longest ago go first."""

Download = Callable[[str], bytes]


def download(address: str, transport: BaseTransport | None = None) -> bytes:
    """Fetch one PDF of arXiv's. Raises ArxivError or PdfTooLarge."""
    try:
        answer = fetch(address, LIMITS, transport)
    except TooLarge as problem:
        raise PdfTooLarge(f"The PDF has more than {LONGEST_PDF // 2**20} MB.") from problem
    except TooSlow as problem:
        raise ArxivError("arXiv sends the PDF too slowly. Try again later, or give the file itself.") from problem
    except Refused as problem:
        if problem.status == 404:
            raise ArxivError("arXiv has no PDF of this paper.") from problem
        raise ArxivError(
            f"arXiv cannot give the PDF (HTTP {problem.status} {problem.reason}). Try later, or give the file itself."
        ) from problem
    except Unreachable as problem:
        raise ArxivError(
            f"arXiv cannot be reached ({problem}). Give the PDF's file instead, or try later."
        ) from problem
    if not is_whole(answer.body, answer.promised):
        raise ArxivError("The PDF was cut on its way from arXiv. Try again.")
    return answer.body


def is_whole(pdf: bytes, promised: int | None) -> bool:
    """Whether a PDF has all bytes that were promised, or, where nothing was promised, an end."""
    if promised is not None:
        return len(pdf) == promised
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
