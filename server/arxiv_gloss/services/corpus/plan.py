"""What a corpus run has to make: papers in shards of one month and at most a thousand papers.

`plan.json` lists the shards; the papers of each lie beside it, so that a worker needs nothing but the store. A plan
grows: papers of a newer snapshot or of a harvest replace their older versions, and only shards that hold one of them
change. One plan is made at a time; runs may go on meanwhile.
"""

from __future__ import annotations

import gzip
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path

import msgspec

from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.store import Store

FILE = "plan.json"
FORMAT = 1
SHARD = 1000
"""Papers of a shard, at most: some two minutes of one core, so that little is lost with a worker."""
DIGEST = 32
"""Hexadecimal digits of a name; 128 bits."""
BUFFER = 256 * 1024
"""Bytes of one month that are held in memory before they go to the disk; there are some 420 months."""
COMPRESSION = 6

_encode = msgspec.json.Encoder().encode
_record = msgspec.json.Decoder(PaperRecord).decode


class Shard(msgspec.Struct, frozen=True):
    month: str
    papers: int
    inputs: str
    """Digest of its papers."""

    @property
    def file(self) -> str:
        """Where its papers are."""
        return f"inputs/{self.month}-{self.inputs}.jsonl.gz"


class Plan(msgspec.Struct, frozen=True):
    shards: list[Shard] = []
    format: int = FORMAT

    @property
    def papers(self) -> int:
        return sum(shard.papers for shard in self.shards)


class Planned(msgspec.Struct, frozen=True):
    """What a plan has grown by."""

    read: int
    """Papers that the source named."""
    added: int
    changed: int
    plan: Plan


def read_plan(store: Store) -> Plan:
    """Raises BadRequest where there is none, StateError where it cannot be read."""
    if not store.exists(FILE):
        raise BadRequest("There is no plan yet: run `arxiv-gloss corpus plan SNAPSHOT OUT` first.")
    try:
        plan = msgspec.json.decode(store.read(FILE), type=Plan)
    except msgspec.MsgspecError as problem:
        raise StateError(f"{FILE} is damaged ({problem}). Delete it and plan again; finished shards stay.") from problem
    if plan.format != FORMAT:
        raise StateError(f"{FILE} has format {plan.format}, this version of arXiv Gloss reads {FORMAT}.")
    return plan


def read_papers(store: Store, shard: Shard) -> list[PaperRecord]:
    """Raises StateError when they are not those that were planned."""
    try:
        content = gzip.decompress(store.read(shard.file))
    except (EOFError, gzip.BadGzipFile, FileNotFoundError) as problem:
        raise StateError(f"{shard.file} is missing or damaged ({problem}). Plan again.") from problem
    if _digest(content) != shard.inputs:
        raise StateError(f"{shard.file} is damaged: its papers are not those of its name. Delete it and plan again.")
    return [_record(line) for line in content.splitlines()]


def grow_plan(
    store: Store, papers: Iterable[PaperRecord], tell: Callable[[int], None] = lambda _: None, scratch: str = ""
) -> Planned:
    """Take papers into the plan of a store, or begin one. `tell` hears how many have been read, now and then.

    Raises what `papers` raises, before the plan has changed; and OSError. `scratch`: a folder with room for all papers.
    """
    old = read_plan(store) if store.exists(FILE) else Plan()
    shards = {month: list(found) for month, found in groupby(old.shards, lambda shard: shard.month)}
    read = added = changed = 0
    with tempfile.TemporaryDirectory(prefix="arxiv-gloss-plan-", dir=scratch or None) as folder:
        months = _Months(Path(folder))
        for paper in papers:
            months.add(paper)
            read += 1
            if read % SHARD == 0:
                tell(read)
        for month in months.names():
            known = {paper.id: paper for shard in shards.get(month, ()) for paper in read_papers(store, shard)}
            now = _newest(known, months.papers(month))
            added += len(now) - len(known)
            changed += sum(now[name] != paper for name, paper in known.items())
            shards[month] = [_write(store, month, some) for some in _cut(now.values())]
    plan = Plan([shard for _, found in sorted(shards.items()) for shard in found])
    store.write(FILE, msgspec.json.format(_encode(plan), indent=1))
    return Planned(read, added, changed, plan)


def _newest(known: Mapping[str, PaperRecord], papers: Iterable[PaperRecord]) -> dict[str, PaperRecord]:
    """By id the newest version of each paper; of equal versions the one that came last."""
    now = dict(known)
    for paper in papers:
        before = now.get(paper.id)
        if before is None or (paper.version or 0) >= (before.version or 0):
            now[paper.id] = paper
    return now


class _Months:
    """Papers by month on the disk: a snapshot of gigabytes is read once, in whatever order it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._buffers: dict[str, bytearray] = {}

    def add(self, paper: PaperRecord) -> None:
        month = paper.month
        buffer = self._buffers.setdefault(month, bytearray())
        buffer += _encode(paper) + b"\n"
        if len(buffer) >= BUFFER:
            self._flush(month)

    def names(self) -> list[str]:
        return sorted(self._buffers)

    def papers(self, month: str) -> Iterator[PaperRecord]:
        self._flush(month)
        with (self._folder / month).open("rb") as lines:
            yield from map(_record, lines)

    def _flush(self, month: str) -> None:
        with (self._folder / month).open("ab") as file:
            file.write(self._buffers[month])
        self._buffers[month].clear()


def _cut(papers: Iterable[PaperRecord]) -> Iterator[tuple[PaperRecord, ...]]:
    """The papers of a month, shard by shard."""
    ordered = sorted(papers, key=lambda paper: (paper.place, paper.id))
    for _, found in groupby(ordered, lambda paper: paper.place):
        while some := tuple(islice(found, SHARD)):
            yield some


def _write(store: Store, month: str, papers: tuple[PaperRecord, ...]) -> Shard:
    content = b"".join(_encode(paper) + b"\n" for paper in papers)
    shard = Shard(month, len(papers), _digest(content))
    store.write_new(shard.file, gzip.compress(content, COMPRESSION, mtime=0))
    return shard


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGEST]
