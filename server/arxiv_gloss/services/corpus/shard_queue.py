"""The shards of a run that are still to be made, and those that could not be."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.services.corpus.plan import Plan, Shard
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.store import Store

TRIES = 5
"""Times that a shard is begun before it is given up: its workers may have died of something else."""


class ShardQueue:
    """Hands out shards whose files are not there; the files alone say what is done."""

    def __init__(self, store: Store, provenance: Provenance, shards: Iterable[Shard]) -> None:
        self._store, self.provenance = store, provenance
        there = store.glob("month=*/part-*.parquet")
        named = [(provenance.part(shard), shard) for shard in shards]
        self._waiting = deque(shard for name, shard in named if name not in there)
        self._tries: Counter[Shard] = Counter()
        self.failed: dict[Shard, str] = {}
        """Shards that were given up, and what was the matter the last time."""
        self.papers = sum(shard.papers for shard in self._waiting)
        """Papers that were to be made when the run began."""
        self.others = 0
        """Papers that another runner has made since."""

    def take(self) -> Shard | None:
        """The next shard; None where none is left for now."""
        while self._waiting:
            shard = self._waiting.popleft()
            if not self._store.exists(self.provenance.part(shard)):
                return shard
            self.others += shard.papers
        return None

    @property
    def is_waiting(self) -> bool:
        """Whether there may be shards left to take."""
        return bool(self._waiting)

    def give_back(self, shard: Shard, why: str) -> None:
        """It was begun and not made; it is tried again later, unless that has been often enough."""
        self._tries[shard] += 1
        if self._tries[shard] < TRIES:
            self._waiting.append(shard)
        else:
            self.failed[shard] = why


def shards_of(plan: Plan, slot: tuple[int, int] | None) -> Sequence[Shard]:
    """Those that fall to the one `slot` = I of N, counted from 0, or all. Raises BadRequest."""
    if slot is None:
        return plan.shards
    index, count = slot
    if not 0 <= index < count:
        raise BadRequest(f"There is no part {index} of {count}: parts are counted from 0 to N-1.")
    return plan.shards[index::count]
