"""One topic on one day, as it is kept on disk: a line a paper, added as each is done."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import msgspec

from arxiv_gloss.papers.citations import Reference
from arxiv_gloss.papers.listings import ListEntry
from arxiv_gloss.services.gloss.result import GlossResult

log = logging.getLogger(__name__)
LONGEST_NAME = 80
_CATEGORY = re.compile(r"[a-z]{1,20}(?:-[a-z]{1,20}){0,3}(?:\.[A-Za-z]{1,20}(?:-[a-z]{1,20}){0,3})?")
"""cs.CL: no two of arXiv's categories differ in capitals alone."""
FIRST_WORDS = 8
"""Of an abstract, where they are all that there is to call a paper by."""


class Problem(msgspec.Struct, frozen=True):
    code: str
    message: str


class DigestPaper(msgspec.Struct, frozen=True):
    """A paper of a list with its gloss, or with the reason why it has none."""

    key: str
    id: str | None
    title: str
    authors: list[str]
    subjects: list[str]
    comments: str | None
    kind: str
    why: list[str]
    """Why it is in this digest: the category, keywords or authors that it matches."""
    gloss: GlossResult | None = None
    problem: Problem | None = None
    own_id: str = ""
    """What the reader calls it, where arXiv does not have it."""
    withdrawn: bool = False

    @property
    def heading(self) -> str:
        """What it is called on a page: its title, its id, else how it begins."""
        begins = " ".join(self.key.split()[:FIRST_WORDS])
        return self.title or self.id or self.own_id or f"{begins} …"

    @property
    def number(self) -> str | None:
        """The id without its version."""
        return re.sub(r"v\d+$", "", self.id) if self.id else None

    @property
    def reference(self) -> Reference:
        abstract = " ".join(segment.source for segment in self.gloss.segments) if self.gloss else None
        return Reference(self.number, self.title, self.authors, self.subjects, self.comments, abstract)


class SectionCount(msgspec.Struct, frozen=True):
    """What arXiv says that a section of its list has, and what was found there."""

    title: str
    total: int | None
    found: int


class Edition(msgspec.Struct, frozen=True):
    topic: str
    day: str
    target: str
    counts: list[SectionCount]
    off_topic: int
    """Papers of the list that match no keyword and no author."""
    papers: list[DigestPaper]

    @property
    def failed(self) -> list[DigestPaper]:
        return [paper for paper in self.papers if paper.gloss is None]

    @property
    def missing(self) -> int:
        """Papers that arXiv counts and its page did not show."""
        return sum(max(0, (count.total or 0) - count.found) for count in self.counts)

    @property
    def name(self) -> str:
        """For files and addresses."""
        return slug(self.topic)


def slug(topic: str) -> str:
    """The topic as a name, with a digest of it where that lost something: A+B and A/B have files of their own."""
    name = re.sub(r"[^\w.-]+", "-", topic.lower()).strip("-.")[:LONGEST_NAME] or "papers"
    return name if topic == name or _CATEGORY.fullmatch(topic) else f"{name}-{sha256(topic.encode()).hexdigest()[:8]}"


def listed(paper: ListEntry, why: list[str]) -> DigestPaper:
    """A paper that is not glossed yet."""
    return DigestPaper(
        key=paper.key,
        id=str(paper.id) if paper.id else None,
        title=paper.title,
        authors=list(paper.authors),
        subjects=list(paper.subjects),
        comments=paper.comments,
        kind=paper.kind,
        why=why,
        own_id=paper.own_id,
        withdrawn=paper.withdrawn,
    )


class Kept:
    """The papers of an edition on disk: JSON lines, of which a later one for the same paper counts."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.jsonl"

    def read(self, target: str) -> dict[str, DigestPaper]:
        """By key, those that have their gloss; a line that was cut in the middle is passed over."""
        known: dict[str, DigestPaper] = {}
        for line in self._file.read_bytes().splitlines() if self._file.exists() else []:
            try:
                row = msgspec.json.decode(line, type=_KeptRow)
            except (msgspec.MsgspecError, UnicodeError):
                continue
            if row.target == target and row.paper.gloss is not None:
                known[row.paper.key] = row.paper
        return known

    def add(self, paper: DigestPaper, target: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as file:
            file.write(msgspec.json.encode(_KeptRow(target, paper)) + b"\n")


class _KeptRow(msgspec.Struct, frozen=True):
    target: str
    paper: DigestPaper


def write_edition(edition: Edition, folder: Path) -> Path:
    """The whole edition, from which index and feed are made."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{edition.name}.json"
    new = file.with_name(f"{file.name}.new")  # whole or not at all
    new.write_bytes(msgspec.json.encode(edition))
    new.replace(file)
    return file


def read_edition(file: Path) -> Edition | None:
    """None for a file that was cut, or that is none of ours: it takes no other along."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Edition)
    except (OSError, msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
        log.warning("the digest %s cannot be read and is left out: %s", file, problem)
        return None


def read_editions(out: Path) -> list[Edition]:
    """All editions below a folder, the newest first."""
    found: Iterable[Path] = out.glob("????-??-??/*.json")
    editions = [edition for file in found if (edition := read_edition(file)) is not None]
    return sorted(editions, key=lambda one: (one.day, one.topic), reverse=True)
