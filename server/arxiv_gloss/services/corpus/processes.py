"""The runner of one machine: a process for each core, each with one engine of one thread.

A worker that dies is replaced, and its shard is begun again. A driver that dies takes its workers along: they notice
when they tell of their next papers. What was made stays made.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess

import psutil

from arxiv_gloss.errors import EngineError, GlossError
from arxiv_gloss.services.corpus.plan import Shard
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.shard import ONE_THREAD, MakeGlosser, make_shard
from arxiv_gloss.services.corpus.shard_queue import ShardQueue
from arxiv_gloss.services.corpus.store import open_store

WORKER_BYTES = 500 * 2**20
"""Memory for each worker: 300 MB as measured, and the papers of a shard."""
EXIT_SECONDS = 5.0
EARLY_DEATHS = 3
"""Workers that may end before they have loaded the model, one after the other."""


@dataclass(frozen=True, slots=True)
class Ready:
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Glossed:
    papers: int


@dataclass(frozen=True, slots=True)
class Ended:
    """A shard is made, or is not for the reason `problem`."""

    problem: str = ""


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot begin, or not go on."""

    problem: GlossError | OSError


Message = Ready | Glossed | Ended | Unable


def default_workers() -> int:
    """One for each core that this process may use, as far as memory goes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(psutil.virtual_memory().available // WORKER_BYTES)))


class ProcessRunner:
    """Workers on this machine. Use it as a context: leaving it ends them."""

    def __init__(self, address: str, make: MakeGlosser, workers: int) -> None:
        """`address`: of the store."""
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._address, self._make = address, make
        self._workers: list[_Worker] = []
        self._early_deaths = 0
        self._provenance: Provenance | None = None
        self._wanted = workers

    def __enter__(self) -> ProcessRunner:
        os.environ.update(ONE_THREAD)  # children inherit it, before they import anything
        self._workers = [self._start()]
        return self

    def __exit__(self, *error: object) -> None:
        for worker in self._workers:
            worker.stop()

    def provenance(self) -> Provenance:
        """What the first worker makes glosses by. Raises GlossError when it cannot."""
        while self._provenance is None:
            for worker in self._spoken():
                self._hear(worker, None)
        return self._provenance

    def run(self, queue: ShardQueue) -> Iterator[int]:
        """Make all shards of a queue; yields how many papers have been glossed since the last time, less than none
        when a worker has died. Raises GlossError when no worker can begin, OSError when the store cannot be used."""
        self._workers += [self._start() for _ in range(self._wanted - len(self._workers))]
        while True:
            for worker in self._workers:
                if worker.is_idle and (shard := queue.take()):
                    worker.begin(shard)
            if not queue.is_waiting and not any(worker.shard for worker in self._workers):
                return
            for worker in self._spoken():
                yield self._hear(worker, queue)

    def _start(self) -> _Worker:
        return _Worker(self._context, self._address, self._make)

    def _spoken(self) -> list[_Worker]:
        """Those that have said something, or have died; waits for one."""
        lines = {worker.line: worker for worker in self._workers}
        return [lines[line] for line in wait(list(lines)) if isinstance(line, Connection)]

    def _hear(self, worker: _Worker, queue: ShardQueue | None) -> int:
        """Take one message of a worker; returns the papers that it tells of."""
        match worker.receive():
            case Ready(provenance):
                self._check_same(provenance)
                worker.ready, self._early_deaths = True, 0
            case Glossed(papers):
                worker.papers += papers
                return papers
            case Ended(problem):
                return worker.end(queue, problem)
            case Unable(problem):
                raise problem
            case None:
                return self._replace(worker, queue)
        return 0

    def _check_same(self, provenance: Provenance) -> None:
        self._provenance = self._provenance or provenance
        if provenance != self._provenance:
            raise EngineError(f"Workers differ: one glosses {provenance}, the first one {self._provenance}.")

    def _replace(self, worker: _Worker, queue: ShardQueue | None) -> int:
        """Another worker in place of one that has died."""
        code = worker.exit_code()
        self._early_deaths += not worker.ready
        if self._early_deaths >= EARLY_DEATHS:
            raise EngineError(f"A worker ends before it has begun (exit code {code}); is there enough memory?")
        self._workers[self._workers.index(worker)] = self._start()
        return worker.end(queue, f"its worker ended (exit code {code})")


class _Worker:
    """One process, as the driver sees it."""

    def __init__(self, context: SpawnContext, address: str, make: MakeGlosser) -> None:
        self.line, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=work, args=(theirs, address, make), daemon=True)
        self._process.start()
        theirs.close()  # so that its end is heard
        self.ready = False
        self.shard: Shard | None = None
        self.papers = 0
        """Papers of its shard that it has told of."""

    @property
    def is_idle(self) -> bool:
        return self.ready and self.shard is None

    def begin(self, shard: Shard) -> None:
        self.shard, self.papers = shard, 0
        try:
            self.line.send(shard)
        except OSError:  # it has died; that is heard next
            return

    def receive(self) -> Message | None:
        """None when it has died."""
        try:
            found: Message = self.line.recv()
        except (EOFError, OSError):
            return None
        return found

    def end(self, queue: ShardQueue | None, problem: str = "") -> int:
        """Its shard has ended; returns the papers to be taken back, as a number below 0, where that was no good end."""
        shard, papers = self.shard, self.papers
        self.shard, self.papers = None, 0
        if not problem or shard is None or queue is None:
            return 0
        queue.give_back(shard, problem)
        return -papers

    def exit_code(self) -> int | None:
        """Of a process that has closed its line, so that it is about to end."""
        self._process.join(EXIT_SECONDS)
        self.stop()
        return self._process.exitcode

    def stop(self) -> None:
        """End the process, if it has not."""
        self.line.close()
        self._process.terminate()
        self._process.join(EXIT_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def work(line: Connection, address: str, make: MakeGlosser) -> None:
    """What a worker does, until nobody listens."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver hears Ctrl-C, and ends its workers
    say: Callable[[Message], None] = line.send
    try:
        store, glosser = open_store(address), make()
        say(Ready(glosser.provenance))
        while True:
            shard: Shard = line.recv()
            problem = ""
            try:
                make_shard(store, shard, glosser, lambda papers: say(Glossed(papers)))
            except GlossError as found:
                problem = found.message
            say(Ended(problem))
    except (EOFError, BrokenPipeError, ConnectionError):
        return
    except (GlossError, OSError) as found:
        with suppress(OSError):
            say(Unable(found))
