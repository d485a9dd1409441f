"""A glosser without a model, for many papers and many faults; a driver that may be killed.

python -m tests.server.services.corpus.stub OUT WORKERS SECONDS [RUNNER]
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from arxiv_gloss.errors import NotEnglish
from arxiv_gloss.events import Flag, ModelUse
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.plan import read_plan
from arxiv_gloss.services.corpus.processes import ProcessRunner
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.shard import MakeGlosser
from arxiv_gloss.services.corpus.shard_queue import ShardQueue
from arxiv_gloss.services.corpus.store import open_store
from arxiv_gloss.services.gloss.query import GlossQuery
from arxiv_gloss.services.gloss.result import GlossResult, SegmentResult, TakeawayResult, TitleResult

if TYPE_CHECKING:
    from arxiv_gloss.services.corpus.ray_actors import RayRunner

REFUSED = "Ce résumé"


@dataclass
class StubGlosser:
    """Says each sentence backwards. `dies_on`: an id on which its process ends, as long as the file of that name is
    there; it is taken away first."""

    digest: str = "stub"
    seconds: float = 0.0
    dies_on: str = ""

    @property
    def provenance(self) -> Provenance:
        return Provenance("zh", [ModelUse("glosser", "stub", self.digest, "fp32", "CPU")], "2, test")

    def gloss(self, query: GlossQuery) -> GlossResult:
        if self.dies_on and Path(self.dies_on).name == query.id and Path(self.dies_on).exists():
            Path(self.dies_on).unlink()
            os._exit(9)
        time.sleep(self.seconds)
        abstract = query.abstract or ""
        if abstract.startswith(REFUSED):
            raise NotEnglish("Only English can be glossed.")
        flags = [Flag("numbers", {"lost": "3", "found": "2"})]
        segments = [
            SegmentResult(k, (0, 0), text, text[::-1], flags, 0.5) for k, text in enumerate(abstract.split("."))
        ]
        takeaway = TakeawayResult(abstract[:3], [0], 0.9, "method", [], False, 0.25)
        title = TitleResult(query.title, query.title[::-1])
        return GlossResult(
            query.id, segments, [], time.time(), title=title, takeaways=[takeaway], made=str(time.time())
        )


def make_stub(seconds: float = 0.0, dies_on: str = "") -> StubGlosser:
    return StubGlosser(seconds=seconds, dies_on=dies_on)


def papers(count: int) -> Iterator[PaperRecord]:
    """Short ones, over months of 5,000 papers; one in a hundred is not in English."""
    for k in range(count):
        month, number = divmod(k, 5000)
        begin = REFUSED if k % 100 == 7 else "We prove"
        name = f"{10 + month // 12:02}{1 + month % 12:02}.{number:05}"
        yield PaperRecord(name, f"Paper {k}", f"{begin} {k} bounds. They hold.", ("math.CO",), 1 + k % 3)


def digests(out: Path) -> dict[str, str]:
    """Every file that was made, with its digest."""
    found = sorted(out.glob("month=*/*"))
    return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in found}


def drive(out: str, workers: int, seconds: float = 0.0, kind: str = "processes") -> None:
    """One run, as the command does it."""
    store = open_store(out)
    with make_runner(kind, out, partial(make_stub, seconds), workers) as runner:
        provenance = runner.provenance()
        provenance.keep(store)
        queue = ShardQueue(store, provenance, read_plan(store).shards)
        for _ in runner.run(queue):
            pass
    print(json.dumps({"failed": list(queue.failed.values())}))


def make_runner(kind: str, out: str, make: MakeGlosser, workers: int) -> ProcessRunner | RayRunner:
    if kind == "ray":
        from arxiv_gloss.services.corpus.ray_actors import RayRunner

        return RayRunner(out, make, workers)
    return ProcessRunner(out, make, workers)


if __name__ == "__main__":
    drive(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
