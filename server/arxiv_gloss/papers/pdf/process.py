"""PDFs are read in a process of their own, which a bad one may fill, stop or crash without harm to the server.

The worker gets the length of the file and the file on its standard input and answers with one JSON object a line; it
has limits on memory and processor time where the system knows them, and on wall clock time everywhere. Its input stays
open as long as somebody reads what it says: when that ends, by a killed server too, the worker ends itself.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import arxiv_gloss
from arxiv_gloss.errors import PdfBroken, PdfEncrypted, PdfError, PdfNoText, PdfTimeout, PdfTooLarge
from arxiv_gloss.papers.document import Document

_WORKER = "arxiv_gloss.papers.pdf.worker"
LENGTH_BYTES = 8
_LONGEST_LINE = 64 * 2**20
"""Bytes; a picture of a whole page at two pixels a point has well under a tenth of it."""
_LONGEST_JUNK = 2**20
"""Bytes before a PDF's header that mail gateways, printers and web servers may have put there."""
_ERRORS: dict[str, type[PdfError]] = {
    error.code: error for error in (PdfBroken, PdfEncrypted, PdfNoText, PdfTimeout, PdfTooLarge)
}


@dataclass(frozen=True, slots=True)
class Limits:
    bytes: int = 50 * 2**20
    pages: int = 200
    characters: int = 2_000_000
    memory: int = 2**30
    """Address space of the worker in bytes, on systems that can limit it."""
    seconds: float = 60.0
    """Of wall clock time and of processor time."""


@dataclass(frozen=True, slots=True)
class ReadProgress:
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class FigureCrop:
    """The crop of `document.figures[index]` at two pixels a point."""

    index: int
    png: bytes


def read_pdf(
    pdf: bytes, limits: Limits | None = None, pictures: bool = False
) -> Iterator[ReadProgress | Document | FigureCrop]:
    """Reads a PDF: the pages' progress, then the document, then (if asked) its pictures, one by one.

    Closing the iterator ends the worker. Raises PdfError; its message says what to do.
    """
    limits = limits or Limits()
    if len(pdf) > limits.bytes:
        raise PdfTooLarge(f"The PDF has {len(pdf) / 2**20:.0f} MB; at most {limits.bytes / 2**20:.0f} MB are read.")
    begins = pdf.find(b"%PDF-", 0, _LONGEST_JUNK)
    if begins < 0:
        raise PdfBroken("This is no PDF: it does not begin as one. Check that the download is complete.")
    with _Worker(pdf[begins:], limits, pictures) as worker:
        for answer in worker.answers():
            yield _event(answer)


def read_document(pdf: bytes, limits: Limits | None = None) -> Document:
    """Reads a PDF to its end without pictures. Raises PdfError."""
    for event in read_pdf(pdf, limits):
        if isinstance(event, Document):
            return event
    raise PdfBroken("The PDF could not be read.")


class _Worker:
    """The process, killed at its deadline and when the block is left."""

    def __init__(self, pdf: bytes, limits: Limits, pictures: bool) -> None:
        self._limits = limits
        self._late = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _WORKER, json.dumps(asdict(limits) | {"pictures": pictures})],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._feeder = threading.Thread(target=self._feed, args=(pdf,), daemon=True)
        self._timer = threading.Timer(limits.seconds, self._stop_late)

    def __enter__(self) -> _Worker:
        self._feeder.start()
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        self._process.kill()
        self._feeder.join()
        self._process.wait()
        assert self._process.stdin is not None and self._process.stdout is not None, "they were opened as pipes"
        with contextlib.suppress(OSError):  # what was not sent yet
            self._process.stdin.close()
        self._process.stdout.close()

    def answers(self) -> Iterator[dict[str, Any]]:
        """What the worker says, line by line. Raises PdfError when it ends without having finished."""
        assert self._process.stdout is not None, "it was opened as a pipe"
        while line := self._process.stdout.readline(_LONGEST_LINE):
            try:
                answer: dict[str, Any] = json.loads(line)
            except ValueError:
                break
            if answer["kind"] == "end":
                return
            yield answer
        raise self._early_end()

    def _early_end(self) -> PdfError:
        code = self._process.wait()
        if self._late or code in (-24, -9):  # SIGXCPU; SIGKILL follows when the worker does not heed it
            return PdfTimeout(f"The PDF took more than {self._limits.seconds:.0f} s to read; it may be damaged.")
        return PdfBroken("The PDF is damaged: reading it failed. Download it again or print it to a new PDF.")

    def _feed(self, pdf: bytes) -> None:
        assert self._process.stdin is not None, "it was opened as a pipe"
        with contextlib.suppress(OSError):
            self._process.stdin.write(len(pdf).to_bytes(LENGTH_BYTES, "big"))
            self._process.stdin.write(pdf)
            self._process.stdin.flush()

    def _stop_late(self) -> None:
        self._late = True
        self._process.kill()


def _environment() -> dict[str, str]:
    """As little as a Python needs, and where this package lies; no proxies, tokens or homes."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH", "TMPDIR", "TEMP") if name in os.environ}
    return kept | {"PYTHONPATH": str(Path(arxiv_gloss.__file__).parents[1]), "PYTHONUTF8": "1"}


def _event(answer: dict[str, Any]) -> ReadProgress | Document | FigureCrop:
    match answer["kind"]:
        case "pages":
            return ReadProgress(int(answer["done"]), int(answer["of"]))
        case "document":
            return Document.from_json(answer["document"])
        case "picture":
            return FigureCrop(int(answer["index"]), base64.b64decode(answer["png"]))
        case "error":
            raise _ERRORS.get(answer["code"], PdfBroken)(str(answer["message"]))
    raise PdfBroken("The PDF could not be read.")
