"""What has become of a plan: how much of each run is there, and what the files hold, counted against the plan."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import msgspec

from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.services.corpus.plan import Plan, Shard
from arxiv_gloss.services.corpus.provenance import Provenance, kept_provenances
from arxiv_gloss.services.corpus.store import Store

FILE = "manifest.json"
PARTS = "month=*/part-*.parquet"


class Progress(msgspec.Struct, frozen=True):
    """How far the run of one provenance is."""

    provenance: Provenance
    shards: int
    papers: int


class PartFile(msgspec.Struct, frozen=True):
    file: str
    papers: int
    refused: int
    bytes: int
    sha256: str


class Damaged(msgspec.Struct, frozen=True):
    file: str
    reason: str


class Manifest(msgspec.Struct, frozen=True):
    provenance: Provenance
    made: str
    """When, in UTC, as ISO 8601 has it; the files themselves hold no time, so that their bytes repeat."""
    planned: int
    """Papers of the plan."""
    glossed: int
    refused: dict[str, int]
    """By code of the error, the most frequent first."""
    missing: list[str]
    """Files of the plan that are not there yet."""
    damaged: list[Damaged]
    stale: list[str]
    """Files that are not of this plan and provenance: of papers that have changed since, of other models."""
    files: list[PartFile]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.damaged and self.glossed + sum(self.refused.values()) == self.planned


def progress(store: Store, plan: Plan) -> list[Progress]:
    there = store.glob(PARTS)
    found: list[Progress] = []
    for one in kept_provenances(store):
        done = [shard for shard in plan.shards if one.part(shard) in there]
        found.append(Progress(one, len(done), sum(shard.papers for shard in done)))
    return found


def choose_provenance(store: Store, begins: str = "") -> Provenance:
    """The only one of a store, or the one whose digest begins so. Raises BadRequest."""
    known = kept_provenances(store)
    found = [one for one in known if one.digest.startswith(begins)]
    if len(found) == 1:
        return found[0]
    if not known:
        raise BadRequest("Nothing has been made yet: run `arxiv-gloss corpus run OUT` first.")
    listed = "".join(f"\n  {one.digest[:12]}  {one}" for one in known)
    raise BadRequest(f"Say which run is meant, with --provenance and one of these:{listed}")


def merge(
    store: Store, plan: Plan, provenance: Provenance, now: datetime, tell: Callable[[int], None] = lambda _: None
) -> Manifest:
    """Read every file of the plan, and write the manifest. `tell` hears the papers of each shard. Raises OSError."""
    there = store.glob(PARTS)
    names = {provenance.part(shard): shard for shard in plan.shards}
    files: list[PartFile] = []
    damaged: list[Damaged] = []
    refused: Counter[str] = Counter()
    for name, shard in names.items():
        if name in there:
            try:
                part, found = _read(store, name, shard)
                files.append(part)
                refused += found
            except StateError as problem:
                damaged.append(Damaged(name, problem.message))
        tell(shard.papers)
    glossed = refused.pop("", 0)
    manifest = Manifest(
        provenance,
        now.isoformat(timespec="seconds"),
        plan.papers,
        glossed,
        dict(refused.most_common()),
        sorted(names.keys() - there),
        damaged,
        sorted(there - names.keys()),
        files,
    )
    store.write(FILE, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def _read(store: Store, name: str, shard: Shard) -> tuple[PartFile, Counter[str]]:
    from arxiv_gloss.services.corpus.table import outcomes

    content = store.read(name)
    found = outcomes(content)
    if found.total() != shard.papers:
        raise StateError(f"it holds {found.total()} papers, planned were {shard.papers}")
    refused = found.total() - found[""]
    digest = hashlib.sha256(content).hexdigest()
    return PartFile(name, found.total(), refused, len(content), digest), found
