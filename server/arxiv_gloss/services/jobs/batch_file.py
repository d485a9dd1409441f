"""A file of abstracts in, a file of glosses out: JSON lines, order kept; a run that was stopped can go on.

Output line k belongs to input row k. A row that cannot be glossed becomes `{id, error: {code, message}}`, and the
run goes on.
"""

from __future__ import annotations

import codecs
import hashlib
import itertools
import logging
import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import msgspec

from arxiv_gloss.errors import BadRequest, GlossError
from arxiv_gloss.papers import sources
from arxiv_gloss.papers.saved_files import decoded, without_markup
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult

log = logging.getLogger(__name__)
_WORKERS = 2
_AHEAD = 8
"""Rows that are read before the oldest of them is written."""


def batch_rows(source: Path) -> Iterator[bytes]:
    """The rows of an input, a JSON object each: its lines, or the papers of a saved list or of copied text.

    Raises BadRequest or UnknownPage."""
    with source.open("rb") as file:
        if source.suffix == ".jsonl" or decoded(file.read(4096)).lstrip().startswith("{"):
            file.seek(0)
            yield from filter(bytes.strip, _lines(file))
            return
    for paper in sources.read_list(decoded(source.read_bytes())).papers:
        name = str(paper.id) if paper.id else paper.own_id or None
        row = InputRow(name, paper.title or None, paper.abstract)
        yield msgspec.json.encode(row) + b"\n"


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines in UTF-8 without a byte order mark, whatever program wrote the file."""
    beginning = file.read(4)
    file.seek(0)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in beginning:
        yield from decoded(file.read()).encode().splitlines(keepends=True)
        return
    file.seek(len(codecs.BOM_UTF8) if beginning.startswith(codecs.BOM_UTF8) else 0)
    yield from file


class InputRow(msgspec.Struct, frozen=True):
    """One line of the input; other keys are allowed and ignored."""

    id: str | int | None = None
    title: str | None = None
    abstract: str | None = None
    categories: list[str] | str | None = None
    """As a list, or as arXiv's snapshot has them, `hep-th math.AG`."""

    @property
    def categories_given(self) -> tuple[str, ...]:
        given = self.categories or ()
        return tuple(re.split(r"[\s,]+", given.strip()) if isinstance(given, str) else given)


class FailedRow(msgspec.Struct, frozen=True):
    id: str | int | None
    error: dict[str, str]


class _Id(msgspec.Struct, frozen=True):
    id: str | int | None = None


def written_rows(output: Path) -> int:
    """Whole lines of an earlier run."""
    if not output.exists():
        return 0
    with output.open("rb") as file:
        return sum(line.endswith(b"\n") for line in file)


class _Origin(msgspec.Struct, frozen=True):
    """What an output was made of; kept beside it, as `OUT.jsonl.origin`."""

    target: str
    source: str
    """SHA-256 of the input."""


def _check_ours(source: Path, output: Path, target: str) -> None:
    """Look before anything is cut. Raises BadRequest unless `output` is new, or goes on from this input into this
    language."""
    if output.exists() and output.samefile(source):
        raise BadRequest(f"{output} is the input itself. Name another output file.")
    with source.open("rb") as file:
        origin = _Origin(target, hashlib.file_digest(file, "sha256").hexdigest())
    beside = output.with_name(f"{output.name}.origin")
    kept = _origin(beside)
    if output.exists() and output.stat().st_size:
        with output.open("rb") as file:
            first = file.readline()
        if not _is_row(first) and kept is None:
            raise BadRequest(f"{output} was not written by batch. Name another output file.")
        if kept is not None and kept.target != target:
            raise BadRequest(f"{output} holds glosses into {kept.target}, not {target}. Name another output file.")
        if kept is not None and kept.source != origin.source:
            raise BadRequest(f"{source} has changed since {output} was begun. Name another output file.")
    beside.write_bytes(msgspec.json.encode(origin))


def _origin(file: Path) -> _Origin | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Origin)
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return None


def _is_row(line: bytes) -> bool:
    """Whether a line is a gloss or a failure of ours."""
    try:
        row = msgspec.json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return False
    return isinstance(row, dict) and "id" in row and ("error" in row or "segments" in row)


def _cut_unfinished(output: Path) -> None:
    """Take away a last line that was cut in the middle."""
    if not output.exists():
        return
    with output.open("r+b") as file:
        whole = sum(len(line) for line in file if line.endswith(b"\n"))
        file.truncate(whole)


def run_batch(source: Path, output: Path, target: str, gloss: Callable[[GlossQuery], GlossResult]) -> Iterator[bool]:
    """Go on where `output` ends; yield for each row whether it was glossed.

    `gloss` is called from several threads. Raises BadRequest when `output` belongs to another input, OSError when it
    cannot be written; what was written stays.
    """
    _check_ours(source, output, target)
    done = written_rows(output)
    _check_same_input(source, output, done)
    _cut_unfinished(output)
    pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="batch")
    ahead: deque[Future[GlossResult | FailedRow]] = deque()
    try:
        with output.open("ab") as file:
            rest = itertools.islice(batch_rows(source), done, None)
            while True:
                for line in itertools.islice(rest, _AHEAD - len(ahead)):
                    ahead.append(pool.submit(_row, line, target, gloss))
                if not ahead:
                    return
                row = ahead.popleft().result()
                file.write(msgspec.json.encode(row) + b"\n")
                file.flush()
                yield isinstance(row, GlossResult)
    finally:
        pool.shutdown(cancel_futures=True)


def _row(line: bytes, target: str, gloss: Callable[[GlossQuery], GlossResult]) -> GlossResult | FailedRow:
    row = InputRow()
    try:
        try:
            row = msgspec.json.decode(line, type=InputRow)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
            raise BadRequest(f"This line is not a row with id, title and abstract: {problem}.") from problem
        name = None if row.id is None else str(row.id)
        abstract = row.abstract and without_markup(row.abstract)
        return gloss(GlossQuery(name, row.title or "", abstract, target, categories=row.categories_given))
    except GlossError as problem:
        return FailedRow(row.id, {"code": problem.code, "message": problem.message})
    except Exception:
        log.exception("a row failed")
        return FailedRow(row.id, {"code": "internal", "message": "Something went wrong; the log says what."})


def _check_same_input(source: Path, output: Path, done: int) -> None:
    """The last row that was written must have the id of the input's row at that line."""
    if not done:
        return
    with output.open("rb") as given:
        pair = [next(itertools.islice(lines, done - 1, None), b"") for lines in (batch_rows(source), given)]
    if not pair[0]:
        raise BadRequest(f"{output} has more lines than {source}. Name another output file.")
    ids = [_id(line) for line in pair]
    if ids[0] != ids[1] and ids[1] is not None:
        raise BadRequest(
            f"Line {done} of {output} belongs to another paper than that of {source}. Name another output."
        )


def _id(line: bytes) -> str | None:
    try:
        found = msgspec.json.decode(line, type=_Id).id
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return None if found is None else str(found)
