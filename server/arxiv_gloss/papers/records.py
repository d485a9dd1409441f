"""Papers as a corpus run reads them: arXiv's metadata snapshot and our own rows, both JSON lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from arxiv_gloss.errors import BadPaperId, BadRequest
from arxiv_gloss.papers.ids import PaperId

OWN_MONTH = "0000"
"""The month of papers whose ids are not arXiv's."""


class PaperRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a gloss is made of."""

    id: str
    """arXiv's, without version, or the reader's own."""
    title: str = ""
    abstract: str | None = None
    categories: tuple[str, ...] = ()
    """arXiv's, the first one first."""
    version: int | None = None

    @property
    def month(self) -> str:
        """`2401` of 2401.01234 and `9901` of hep-th/9901001; `0000` for ids that are not arXiv's."""
        return self.place[0]

    @property
    def place(self) -> tuple[str, str, int]:
        """Month, archive (of ids before 2007-04, else empty), and the number's thousand.

        It depends on the id alone, so that new papers leave the shards of older ones as they are.
        """
        archive, _, number = self.id.rpartition("/")
        try:
            PaperId.parse(self.id)
        except BadPaperId:
            return OWN_MONTH, "", 0
        return number[:4], archive, int(number[4:].lstrip(".")) // 1000


class _Version(msgspec.Struct, frozen=True):
    version: str


class _Line(msgspec.Struct, frozen=True):
    """One line of either kind; other keys are allowed and ignored. In arXiv's snapshot categories are one text,
    `hep-th math.AG`, and versions are listed, the newest last."""

    id: str | int | None = None
    title: str | None = None
    abstract: str | None = None
    categories: list[str] | str | None = None
    versions: list[_Version] = []
    version: int | None = None


_decode = msgspec.json.Decoder(_Line).decode


def read_records(lines: Iterable[bytes]) -> Iterator[PaperRecord]:
    """The papers of JSON lines, one after the other. Raises BadRequest, which names the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _decode(line)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
            cut = "" if line.endswith(b"\n") else " The file seems to be cut off: fetch it again."
            raise BadRequest(f"Line {number} is not a paper with id, title and abstract: {problem}.{cut}") from problem
        yield _record(row, number)


def _record(row: _Line, number: int) -> PaperRecord:
    listed = row.versions[-1].version.removeprefix("v") if row.versions else ""
    version = int(listed) if listed.isdecimal() else row.version
    name = f"line-{number}" if row.id is None else str(row.id).strip()
    return record(name, row.title, row.abstract, categories_of(row.categories), version)


def record(
    name: str, title: str | None, abstract: str | None, categories: tuple[str, ...], version: int | None
) -> PaperRecord:
    """A record with its id as arXiv writes it, and its title in one line."""
    try:
        known = PaperId.parse(name)
        name, version = known.name, known.version or version
    except BadPaperId:
        pass
    return PaperRecord(name, " ".join((title or "").split()), abstract and abstract.strip(), categories, version)


def categories_of(given: Any) -> tuple[str, ...]:
    return tuple(re.split(r"[\s,]+", given.strip()) if isinstance(given, str) and given.strip() else given or ())
