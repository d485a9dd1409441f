"""Running glosses for listeners: equal ones once, a few at a time, what a reader waits for before what a list asks.

A listener that comes late hears everything from the start. When the last one has left, the work goes on for a few
seconds, in case the reader's browser only restarted its worker, and is then cancelled before its next step.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable, Hashable, Iterator

from arxiv_gloss.errors import Busy, Cancelled, GlossError
from arxiv_gloss.events import Alive, AnyEvent, Failed

log = logging.getLogger(__name__)

Cancelling = Callable[[], bool]
Work = Callable[[Cancelling], Iterator[AnyEvent]]

INTERACTIVE, LISTED = 0, 1
"""Ranks: all that is waiting with a lower rank starts first."""


class Runs:
    """Two worker threads and a bounded queue for each rank."""

    def __init__(
        self,
        workers: int = 2,
        waiting: int = 32,
        linger: float = 5.0,
        silence: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`linger`: seconds that work goes on without listeners; `silence`: seconds after which `alive` is sent."""
        self.linger = linger
        self.silence = silence
        self.clock = clock
        self._waiting = waiting
        self._lock = threading.Lock()
        self._live: dict[Hashable, Run] = {}
        self._queue: queue.PriorityQueue[tuple[int, int, Run]] = queue.PriorityQueue()
        self._order = itertools.count()
        for number in range(workers):
            threading.Thread(target=self._serve, name=f"gloss {number}", daemon=True).start()

    def listen(self, key: Hashable, work: Work, rank: int = INTERACTIVE) -> Listener:
        """Start `work`, or join the run of an equal `key`. Raises Busy when too many are waiting."""
        with self._lock:
            run = self._live.get(key)
            if run is None or not run.join():
                if sum(other.rank == rank and other.waits for other in self._live.values()) >= self._waiting:
                    raise Busy("Too many glosses are waiting already. Ask again in a few seconds.")
                run = self._live[key] = Run(self, key, work, rank)
                run.join()
                self._queue.put((rank, next(self._order), run))
        return Listener(run, self.silence)

    def _serve(self) -> None:
        while True:
            _, _, run = self._queue.get()
            run.work_off()
            with self._lock:
                if self._live.get(run.key) is run:
                    del self._live[run.key]


class Run:
    """One gloss on its way, with all events so far."""

    def __init__(self, runs: Runs, key: Hashable, work: Work, rank: int) -> None:
        self.key = key
        self.rank = rank
        self.waits = True
        self.changed = threading.Condition()
        self.events: list[AnyEvent] = []
        self.ended = False
        self._runs = runs
        self._work = work
        self._listeners = 0
        self._left_at = 0.0
        self._cancelled = False

    def join(self) -> bool:
        """Count one more listener, unless the run is past saving."""
        with self.changed:
            if not self._cancelled:
                self._listeners += 1
            return not self._cancelled

    def leave(self) -> None:
        with self.changed:
            self._listeners -= 1
            self._left_at = self._runs.clock()

    def cancelled(self) -> bool:
        """Asked by the engine before each step."""
        with self.changed:
            alone = self._listeners == 0 and self._runs.clock() - self._left_at > self._runs.linger
            self._cancelled = self._cancelled or alone
            return self._cancelled

    def work_off(self) -> None:
        self.waits = False
        try:
            if not self.cancelled():
                for event in self._work(self.cancelled):
                    self._tell(event)
        except Cancelled:
            log.info("nobody listens any more; stopped")
        except GlossError as problem:
            self._tell(Failed(problem.code, problem.message))
        except Exception:
            log.exception("a gloss failed")
            self._tell(Failed("internal", "Something went wrong inside the server; its log says what."))
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def _tell(self, event: AnyEvent) -> None:
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()


class Listener:
    """The events of a run from its start, as an iterator; `alive` whenever nothing came for a while.

    `close()` it in any case: a run works on for its listeners.
    """

    POLL = 0.5
    """Seconds between looks at whether the other side has gone."""

    def __init__(self, run: Run, silence: float) -> None:
        self._run = run
        self._silence = silence
        self._heard = 0
        self._closed = False
        self.gone: Cancelling = lambda: False
        """Says that nobody reads this iterator any more; it then ends."""

    def __iter__(self) -> Iterator[AnyEvent]:
        return self

    def __next__(self) -> AnyEvent:
        run = self._run
        waited = 0.0
        with run.changed:
            while self._heard == len(run.events):
                if run.ended or self._closed:
                    raise StopIteration
                if waited >= self._silence:
                    return Alive()
                pause = min(self.POLL, self._silence - waited)
                if not run.changed.wait(pause):
                    waited += pause
                    if self.gone():
                        raise StopIteration
            self._heard += 1
            return run.events[self._heard - 1]

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._run.leave()
