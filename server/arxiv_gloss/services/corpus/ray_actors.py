"""The runner of a cluster: Ray actors that hold a session each. The only place that imports ray.

Ray places the actors and starts them again where a machine has gone; which shards are done is still said by their files
alone. Each actor has one shard at a time, so that nothing piles up in Ray.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from arxiv_gloss.errors import EngineError, GlossError, ToolMissing
from arxiv_gloss.services.corpus.plan import Shard
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.shard import CorpusGlosser, MakeGlosser, make_shard
from arxiv_gloss.services.corpus.shard_queue import ShardQueue
from arxiv_gloss.services.corpus.store import Store, open_store

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # before Ray is imported: it tells its makers nothing
os.environ.setdefault("RAY_AUTH_MODE", "token")  # nobody else on the machine or the network gives it work
try:
    import ray
    from ray.exceptions import RayActorError, RayTaskError
except ImportError as problem:
    raise ToolMissing(
        "This runner needs Ray, which is not installed: run `pip install 'arxiv-gloss[corpus,ray]'`."
    ) from problem

FOR_EVER = -1
"""Restarts of an actor, and tries to reach it: a machine that is taken away is no fault of its shard, and each shard
has its own limit of tries."""


class ShardActor:
    """What runs on the machines of a cluster. The model is loaded when it is first asked for something, so that an
    error is an answer."""

    def __init__(self, address: str, make: MakeGlosser) -> None:
        self._address, self._make = address, make
        self._loaded: tuple[Store, CorpusGlosser] | None = None

    def provenance(self) -> Provenance:
        return self._load()[1].provenance

    def make(self, shard: Shard, provenance: Provenance) -> str:
        """What is wrong with the shard, or nothing. Raises EngineError where this machine would make other files."""
        store, glosser = self._load()
        if glosser.provenance != provenance:
            raise EngineError(f"Machines differ: one glosses {glosser.provenance}, the first one {provenance}.")
        try:
            make_shard(store, shard, glosser)
        except GlossError as found:
            return found.message
        return ""

    def _load(self) -> tuple[Store, CorpusGlosser]:
        if self._loaded is None:
            self._loaded = open_store(self._address), self._make()
        return self._loaded


class RayRunner:
    """Actors on the cluster that RAY_ADDRESS names, else on this machine. Use it as a context: leaving it ends them."""

    def __init__(
        self, address: str, make: MakeGlosser, workers: int | None, gpus: float = 0.0, dashboard: bool = False
    ) -> None:
        """`address`: of the store, as every machine of the cluster sees it. `workers`: by default one for each core of
        the cluster. `gpus`: of each worker; a fraction lets several share one."""
        self._address, self._make, self._wanted, self._gpus = address, make, workers, gpus
        self._dashboard = dashboard
        self._actors: list[Any] = []

    def __enter__(self) -> RayRunner:
        # Ray itself gives an actor of one core one thread (OMP_NUM_THREADS).
        local = {} if os.environ.get("RAY_ADDRESS") else {"include_dashboard": self._dashboard}
        ray.init(log_to_driver=False, logging_level="ERROR", **local)
        count = self._wanted or max(1, int(ray.cluster_resources().get("CPU", 1)))
        kind = ray.remote(num_cpus=1, num_gpus=self._gpus, max_restarts=FOR_EVER)(ShardActor)
        self._actors = [kind.remote(self._address, self._make) for _ in range(count)]
        return self

    def __exit__(self, *error: object) -> None:
        ray.shutdown()

    def provenance(self) -> Provenance:
        """What the first actor that begins makes glosses by. Raises GlossError or OSError when it cannot."""
        found, _ = ray.wait([_wake(actor) for actor in self._actors])
        provenance: Provenance = _answer(found[0])
        return provenance

    def run(self, queue: ShardQueue) -> Iterator[int]:
        """Make all shards of a queue; yields the papers of each that is done. Raises GlossError or OSError when an
        actor cannot go on."""
        idle = list(self._actors)
        busy: dict[Any, tuple[Any, Shard | None]] = {}
        """By the answer that is waited for: who gives it, about which shard, or whether it is back."""
        while True:
            while idle and (shard := queue.take()):
                actor = idle.pop()
                busy[actor.make.remote(shard, queue.provenance)] = (actor, shard)
            if not queue.is_waiting and not any(shard for _, shard in busy.values()):
                return
            (found, *_), _ = ray.wait(list(busy))
            actor, shard = busy.pop(found)
            try:
                why = _answer(found)
            except RayActorError as gone:
                busy[_wake(actor)] = (actor, None)
                why = f"its worker ended ({type(gone).__name__})"
            else:
                idle.append(actor)
            if shard is not None and why:
                queue.give_back(shard, why)
            elif shard is not None:
                yield shard.papers


def _wake(actor: Any) -> Any:
    """An answer that comes when the actor is there (again)."""
    return actor.provenance.options(max_task_retries=FOR_EVER).remote()


def _answer(found: Any) -> Any:
    """What an actor has answered. Raises what it raised, and RayActorError when it has died over it."""
    try:
        return ray.get(found)
    except RayTaskError as failed:
        raise failed.cause from None
