"""The worker process: what comes home, in what order, and what a bad PDF cannot do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from arxiv_gloss.errors import PdfBroken, PdfEncrypted, PdfError, PdfNoText, PdfTimeout, PdfTooLarge
from arxiv_gloss.papers.document import Document
from arxiv_gloss.papers.pdf import worker
from arxiv_gloss.papers.pdf.process import LENGTH_BYTES, FigureCrop, Limits, ReadProgress, read_document, read_pdf
from tests.server.papers import make_pdf


def test_progress_then_document_then_pictures() -> None:
    events = list(read_pdf(make_pdf.two_column_paper().pdf, pictures=True))
    assert events[:2] == [ReadProgress(1, 2), ReadProgress(2, 2)]
    document = events[2]
    assert isinstance(document, Document) and document.pages == 2
    pictures = [event for event in events[3:] if isinstance(event, FigureCrop)]
    assert [picture.index for picture in pictures] == [0, 1]
    assert all(picture.png.startswith(b"\x89PNG") for picture in pictures)


def test_closing_early_ends_the_worker() -> None:
    events = read_pdf(make_pdf.manuscript())
    assert next(events) == ReadProgress(1, 2)
    events.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pdf", "error"),
    [
        (b"<html>404</html>", PdfBroken),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, PdfBroken),
        (make_pdf.manuscript()[:700], PdfBroken),
        (make_pdf.encrypted(), PdfEncrypted),
        (make_pdf.scan(), PdfNoText),
        (make_pdf.blank(1), PdfNoText),
        (make_pdf.blank(201), PdfTooLarge),
        (make_pdf.looped(), PdfBroken),
    ],
    ids=["no pdf", "garbage", "cut off", "encrypted", "scan", "blank", "too many pages", "looped"],
)
def test_what_cannot_be_read_says_why(pdf: bytes, error: type[PdfError]) -> None:
    with pytest.raises(error) as caught:
        read_document(pdf)
    assert caught.value.message.endswith(".")
    assert caught.value.code == error.code


def test_a_file_over_the_limit_is_not_opened() -> None:
    with pytest.raises(PdfTooLarge, match="at most 1 MB"):
        read_document(make_pdf.manuscript() + b"\0" * 2**20, Limits(bytes=2**20))


@pytest.mark.skipif(sys.platform != "linux", reason="address space can be limited on Linux only")
def test_a_page_that_needs_too_much_memory_is_refused() -> None:
    with pytest.raises(PdfTooLarge, match="memory"):
        read_document(make_pdf.gigantic())


def test_an_endless_pdf_is_stopped() -> None:
    with pytest.raises(PdfTimeout, match="more than 1 s"):
        read_document(make_pdf.endless(), Limits(seconds=1.0))


def is_refused(event: str, *arguments: object) -> bool:
    try:
        worker._refuse(event, arguments)
    except PermissionError:
        return True
    return False


@pytest.mark.parametrize("event", ["socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"])
def test_the_worker_may_not_leave_its_room(event: str) -> None:
    assert is_refused(event)


def test_the_worker_may_read() -> None:
    assert not is_refused("open", "page.html", "r", 0)


WAITS = """
import sys, time
from arxiv_gloss.papers.pdf import worker
print(len(worker._file(sys.stdin.buffer)), flush=True)
time.sleep(600)
"""


def test_a_worker_ends_with_whoever_reads_what_it_says() -> None:
    """A server that is killed closes the pipe, and can do nothing else."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    worker = subprocess.Popen(
        [sys.executable, "-c", WAITS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    )
    assert worker.stdin and worker.stdout
    with worker.stdout:
        worker.stdin.write((3).to_bytes(LENGTH_BYTES, "big") + b"PDF")
        worker.stdin.flush()
        assert worker.stdout.readline() == b"3\n"
        assert worker.poll() is None
        worker.stdin.close()
        assert worker.wait(60) == 1
