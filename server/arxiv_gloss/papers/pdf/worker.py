"""The process that reads one PDF: bytes on standard input, one JSON object a line on standard output.

It limits itself before it touches the file: memory, processor time, no files written, no network, no other programs.
Run by `process.py` only.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

LENGTH_BYTES = 8
"""As in process.py, which imports what this process must not."""
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "ctypes.dlopen",
)


def main() -> None:
    wanted: dict[str, Any] = json.loads(sys.argv[1])
    answers = _own_output()

    def tell(**answer: object) -> None:
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()

    import pymupdf  # its libraries are loaded before the doors close

    from arxiv_gloss.errors import PdfError

    _limit(wanted["memory"], wanted["seconds"])
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        _read(_file(sys.stdin.buffer), wanted, tell)
    except PdfError as error:
        tell(kind="error", code=error.code, message=error.message)
    except MemoryError:
        tell(kind="error", code="pdf_too_large", message="The PDF needs more memory than a paper may take.")
    except Exception as error:  # MuPDF raises many kinds for a damaged file; a bug of ours looks no better to a reader
        if "malloc" in str(error) or "calloc" in str(error):
            tell(kind="error", code="pdf_too_large", message="The PDF needs more memory than a paper may take.")
        else:
            message = f"The PDF is damaged ({type(error).__name__}). Download it again or print it to a new PDF."
            tell(kind="error", code="pdf_broken", message=message)
    tell(kind="end")


def _file(given: BinaryIO) -> bytes:
    """The file. From then on this process ends with whoever gave it."""
    pdf = given.read(int.from_bytes(given.read(LENGTH_BYTES), "big"))

    def end_with_reader() -> None:
        os.read(given.fileno(), 1)  # comes back when the other end is closed
        os._exit(1)

    threading.Thread(target=end_with_reader, daemon=True).start()
    return pdf


def _read(pdf: bytes, wanted: dict[str, Any], tell: Callable[..., None]) -> None:
    import pymupdf

    from arxiv_gloss.errors import PdfEncrypted, PdfTooLarge
    from arxiv_gloss.papers.pdf import reader
    from arxiv_gloss.papers.pdf.figures import crop

    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        if document.needs_pass:
            raise PdfEncrypted("The PDF is locked with a password: unlock it and save it without one.")
        if document.page_count > wanted["pages"]:
            raise PdfTooLarge(f"The PDF has {document.page_count} pages; at most {wanted['pages']} are read.")
        paper = reader.parse_pdf(document, lambda done, of: tell(kind="pages", done=done, of=of), wanted["characters"])
        tell(kind="document", document=paper.to_json())
        if not wanted["pictures"]:
            return
        for index, figure in enumerate(paper.figures):
            if figure.box is not None and figure.page is not None:
                png = base64.b64encode(crop(document[figure.page - 1], figure.box)).decode()
                tell(kind="picture", index=index, png=png)


def _own_output() -> BinaryIO:
    """The standard output for answers alone: what a library prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    return answers


def _limit(memory: int, seconds: float) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the wall clock holds there too
        pass
    else:
        soft = max(1, int(seconds))
        for kind, limit in ((resource.RLIMIT_CPU, soft), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, memory)):
            try:
                resource.setrlimit(kind, (limit, limit))
            except (ValueError, OSError):  # macOS refuses a limit on address space
                continue
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"A PDF's reader has no business with {event}.")


if __name__ == "__main__":
    main()
