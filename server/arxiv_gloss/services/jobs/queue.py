"""The job queue: equal jobs run once, a few at a time, those that a reader waits for before those of a list.

A late subscription receives all events from the start. When the last one has left, the job goes on for a few seconds,
in case the reader's browser only restarted its worker, and is then cancelled before its next step.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from arxiv_gloss.errors import Busy, Cancelled, GlossError
from arxiv_gloss.events import Alive, AnyEvent, Failed

log = logging.getLogger(__name__)

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Said by a job among its events: what comes next is for the workers of another priority."""

    priority: int


Work = Callable[[IsCancelled], Iterator[AnyEvent | MoveTo]]

INTERACTIVE, LISTED = 0, 1
"""Priorities of what takes a second or two: all waiting jobs of a lower number start first."""
LONG = 2
"""Whole papers: minutes, of a file that may be slow or hostile."""
ASKING = 3
"""What must wait for arXiv first, which may take as long as arXiv likes."""
REWRITING = 4
"""The second half of a gloss, by the reader's own model: seconds to minutes, one paper at a time."""
MOST_SUBSCRIPTIONS = 96
"""At once: each holds one of the server's threads, of which some must be left for all that is answered at once."""
LANES = (
    (INTERACTIVE,),
    (INTERACTIVE, LISTED),
    (INTERACTIVE, LISTED),
    (LONG,),
    (LONG,),
    (ASKING,),
    (ASKING,),
    (REWRITING,),
)
"""The workers, each with the priorities that it takes: what a person waits for waits for nothing of another kind."""


class JobQueue:
    """Worker threads, and a bounded queue for each priority. Safe to use from several threads."""

    def __init__(
        self,
        lanes: Sequence[Sequence[int]] = LANES,
        waiting: int = 32,
        grace_seconds: float = 5.0,
        heartbeat_seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`waiting`: jobs of one priority that may wait. `grace_seconds`: how long a job goes on without subscriptions.
        `heartbeat_seconds`: after so much silence a subscription yields `alive`."""
        self.grace_seconds = grace_seconds
        self.heartbeat_seconds = heartbeat_seconds
        self.clock = clock
        self._waiting = waiting
        self._lock = threading.Lock()
        self._live: dict[Hashable, Job] = {}
        self._subscriptions = 0
        self._queues: dict[int, deque[Job]] = {priority: deque() for priority in range(REWRITING + 1)}
        self._arrived = threading.Condition(self._lock)
        for number, priorities in enumerate(lanes):
            threading.Thread(target=self._serve, args=(priorities,), name=f"gloss {number}", daemon=True).start()

    def subscribe(self, key: Hashable, work: Work, priority: int = INTERACTIVE) -> Subscription:
        """Queue `work`, or join the live job of an equal `key`. Raises Busy when too many are waiting."""
        with self._lock:
            if self._subscriptions >= MOST_SUBSCRIPTIONS:
                raise Busy("Too many glosses are listened to already. Ask again in a few seconds.")
            job = self._live.get(key)
            if job is None or not job.join():
                if sum(other.priority == priority and other.waits for other in self._live.values()) >= self._waiting:
                    raise Busy("Too many glosses are waiting already. Ask again in a few seconds.")
                job = self._live[key] = Job(self, key, work, priority)
                job.join()
                self._queues[priority].append(job)
                self._arrived.notify_all()
            self._subscriptions += 1
        return Subscription(job, self.heartbeat_seconds, self._left)

    def _left(self) -> None:
        """A subscription was closed."""
        with self._lock:
            self._subscriptions -= 1

    def _serve(self, priorities: Sequence[int]) -> None:
        while True:
            job = self._next(priorities)
            moved = job.run()
            with self._lock:
                if moved:
                    self._queues[job.priority].append(job)
                    self._arrived.notify_all()
                elif self._live.get(job.key) is job:
                    del self._live[job.key]
            del job  # an idle worker keeps no events

    def _next(self, priorities: Sequence[int]) -> Job:
        with self._arrived:
            while True:
                for priority in priorities:
                    if self._queues[priority]:
                        return self._queues[priority].popleft()
                self._arrived.wait()


class Job:
    """One gloss on its way, with all events so far."""

    def __init__(self, jobs: JobQueue, key: Hashable, work: Work, priority: int) -> None:
        self.key = key
        self.priority = priority
        self.waits = True
        self.changed = threading.Condition()
        self.events: list[AnyEvent] = []
        self.ended = False
        self._jobs = jobs
        self._work = work
        self._rest: Iterator[AnyEvent | MoveTo] | None = None
        """The work, once it has begun."""
        self._subscriptions = 0
        self._left_at = 0.0
        self._cancelled = False

    def join(self) -> bool:
        """Count one more subscription; False if the job is cancelled already."""
        with self.changed:
            if not self._cancelled:
                self._subscriptions += 1
            return not self._cancelled

    def leave(self) -> None:
        with self.changed:
            self._subscriptions -= 1
            self._left_at = self._jobs.clock()

    def cancelled(self) -> bool:
        """Polled by the engine before each step."""
        with self.changed:
            alone = self._subscriptions == 0 and self._jobs.clock() - self._left_at > self._jobs.grace_seconds
            self._cancelled = self._cancelled or alone
            return self._cancelled

    def run(self) -> bool:
        """Work until the end, or until the job moves to another priority: then True."""
        self.waits = False
        try:
            if not self.cancelled():
                self._rest = self._rest or self._work(self.cancelled)
                for event in self._rest:
                    if isinstance(event, MoveTo):
                        self.priority, self.waits = event.priority, True
                        return True
                    self._publish(event)
        except Cancelled:
            log.info("a gloss was cancelled: nobody waits for it any more")
        except GlossError as problem:
            self._publish(Failed(problem.code, problem.message))
        except Exception:
            log.exception("a gloss failed")
            self._publish(Failed("internal", "Something went wrong inside the server; its log says what."))
        with self.changed:
            self.ended = True
            self.changed.notify_all()
        return False

    def _publish(self, event: AnyEvent) -> None:
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()


class Subscription:
    """The events of a job from its start, as an iterator; `alive` whenever nothing came for a while.

    `close()` it in any case: a job goes on for its subscriptions.
    """

    POLL = 0.5
    """Seconds between calls of `disconnected`."""

    def __init__(self, job: Job, heartbeat_seconds: float, left: Callable[[], None]) -> None:
        """`left` is called once, when it is closed."""
        self._left = left
        self._job = job
        self._heartbeat_seconds = heartbeat_seconds
        self._position = 0
        self._closed = False
        self.disconnected: Callable[[], bool] = lambda: False
        """Polled while waiting; True ends the iteration (client disconnected)."""

    def __iter__(self) -> Iterator[AnyEvent]:
        return self

    def __next__(self) -> AnyEvent:
        job = self._job
        waited = 0.0
        with job.changed:
            while self._position == len(job.events):
                if job.ended or self._closed:
                    raise StopIteration
                if waited >= self._heartbeat_seconds:
                    return Alive()
                pause = min(self.POLL, self._heartbeat_seconds - waited)
                if not job.changed.wait(pause):
                    waited += pause
                    if self.disconnected():
                        raise StopIteration
            self._position += 1
            return job.events[self._position - 1]

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._job.leave()
            self._left()
