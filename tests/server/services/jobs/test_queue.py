"""Equal queries run once, leavers stop the work, waiting is bounded and fair."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from arxiv_gloss.errors import Busy, Cancelled, EngineError
from arxiv_gloss.events import Alive, AnyEvent, Event, Failed, Title
from arxiv_gloss.services.jobs.queue import ASKING, LISTED, LONG, REWRITING, IsCancelled, JobQueue, MoveTo

PATIENCE = 10.0
"""Seconds after which a test that waits for a thread has failed."""


class StepwiseWork:
    """Work in two steps: the second waits until it is let go, and notices when it is cancelled."""

    def __init__(self, name: str = "job") -> None:
        self.name = name
        self.started = threading.Event()
        self.go = threading.Event()
        self.ended = threading.Event()
        self.times = 0
        self.was_cancelled = False

    def __call__(self, cancelled: IsCancelled) -> Iterator[Event]:
        self.times += 1
        self.started.set()
        try:
            yield Title(f"{self.name} begins")
            while not self.go.wait(0.005):
                if cancelled():
                    self.was_cancelled = True
                    raise Cancelled("Nobody listens.")
            yield Title(f"{self.name} ends")
        finally:
            self.ended.set()


def texts(events: Iterable[AnyEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, Title)]


@pytest.fixture
def jobs() -> JobQueue:
    return JobQueue(lanes=[(0, 1)], waiting=3, grace_seconds=0.0, heartbeat_seconds=0.05)


def test_equal_jobs_run_once_and_all_receive_everything(jobs: JobQueue) -> None:
    work = StepwiseWork()
    first = jobs.subscribe("key", work)
    assert next(first) == Title("job begins")
    late = jobs.subscribe("key", work)
    work.go.set()
    assert texts(late) == ["job begins", "job ends"]
    assert texts(first) == ["job ends"]
    assert work.times == 1


def test_requested_again_later_it_runs_again(jobs: JobQueue) -> None:
    work = StepwiseWork()
    work.go.set()
    for _ in range(2):
        subscription = jobs.subscribe("key", work)
        assert texts(subscription) == ["job begins", "job ends"]
        subscription.close()
        wait_for(lambda: not jobs._live)
    assert work.times == 2


def test_the_last_leaver_stops_the_work(jobs: JobQueue) -> None:
    work = StepwiseWork()
    one, two = jobs.subscribe("key", work), jobs.subscribe("key", work)
    next(one)
    one.close()
    one.close()
    assert not work.ended.wait(0.05)
    two.close()
    assert work.ended.wait(PATIENCE) and work.was_cancelled


def test_who_comes_back_in_time_finds_the_work_going_on() -> None:
    jobs = JobQueue(lanes=[(0, 1)], grace_seconds=3600)
    work = StepwiseWork()
    first = jobs.subscribe("key", work)
    next(first)
    first.close()
    again = jobs.subscribe("key", work)
    work.go.set()
    assert texts(again) == ["job begins", "job ends"]
    assert work.times == 1


def test_who_comes_back_too_late_starts_anew(jobs: JobQueue) -> None:
    work = StepwiseWork()
    first = jobs.subscribe("key", work)
    next(first)
    first.close()
    assert work.ended.wait(PATIENCE)
    work.go.set()
    assert texts(jobs.subscribe("key", work)) == ["job begins", "job ends"]


def test_silence_is_broken(jobs: JobQueue) -> None:
    work = StepwiseWork()
    subscription = jobs.subscribe("key", work)
    next(subscription)
    assert next(subscription) == Alive()
    assert next(subscription) == Alive()
    work.go.set()
    assert texts(subscription) == ["job ends"]


def test_a_reader_that_has_gone_ends_the_stream(jobs: JobQueue) -> None:
    subscription = jobs.subscribe("key", StepwiseWork())
    next(subscription)
    subscription.disconnected = lambda: True
    assert list(subscription) == []
    subscription.close()


def test_an_error_ends_the_stream_with_its_code(jobs: JobQueue) -> None:
    def fails(_: IsCancelled) -> Iterator[Event]:
        yield Title("begins")
        raise EngineError("It broke.")

    assert list(jobs.subscribe("key", fails)) == [Title("begins"), Failed("engine", "It broke.")]


def test_a_fault_of_ours_tells_no_inner_things(jobs: JobQueue) -> None:
    def fails(_: IsCancelled) -> Iterator[Event]:
        raise ValueError("a path or a secret")
        yield

    (event,) = list(jobs.subscribe("key", fails))
    assert isinstance(event, Failed) and event.code == "internal" and "secret" not in event.message


def test_waiting_is_bounded_for_each_rank(jobs: JobQueue) -> None:
    running = StepwiseWork()
    jobs.subscribe("running", running)
    assert running.started.wait(PATIENCE)
    for number in range(3):
        jobs.subscribe(number, StepwiseWork())
    with pytest.raises(Busy):
        jobs.subscribe("one too many", StepwiseWork())
    jobs.subscribe("of a list", StepwiseWork(), LISTED)
    jobs.subscribe(1, StepwiseWork())  # an equal one needs no room
    assert len(jobs._live) == 5, "it joined the job that was waiting"


def test_readers_go_before_lists(jobs: JobQueue) -> None:
    running = StepwiseWork()
    jobs.subscribe("running", running)
    assert running.started.wait(PATIENCE)
    order: list[str] = []

    def noted(name: str) -> Callable[[IsCancelled], Iterator[Event]]:
        def work(_: IsCancelled) -> Iterator[Event]:
            order.append(name)
            yield Title(name)

        return work

    listed = jobs.subscribe("listed", noted("listed"), LISTED)
    read = jobs.subscribe("read", noted("read"))
    running.go.set()
    assert texts(read) == ["read"] and texts(listed) == ["listed"]
    assert order == ["read", "listed"]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize("priority", [LISTED, LONG, ASKING])
def test_what_a_person_waits_for_has_a_lane_of_its_own(priority: int) -> None:
    """However many lists, papers or questions to arXiv are stuck."""
    jobs = JobQueue(grace_seconds=3600)
    stuck = [StepwiseWork() for _ in range(8)]
    subscriptions = [jobs.subscribe(number, work, priority) for number, work in enumerate(stuck)]
    quick = StepwiseWork("quick")
    quick.go.set()
    assert texts(jobs.subscribe("quick", quick)) == ["quick begins", "quick ends"]
    for work, subscription in zip(stuck, subscriptions, strict=True):
        work.go.set()
        subscription.close()


def test_whole_papers_keep_no_list_waiting() -> None:
    jobs = JobQueue(grace_seconds=3600)
    stuck = [StepwiseWork() for _ in range(4)]
    subscriptions = [jobs.subscribe(number, work, LONG) for number, work in enumerate(stuck)]
    quick = StepwiseWork("quick")
    quick.go.set()
    assert texts(jobs.subscribe("quick", quick, LISTED)) == ["quick begins", "quick ends"]
    for work, subscription in zip(stuck, subscriptions, strict=True):
        work.go.set()
        subscription.close()


def test_a_job_that_moves_on_frees_its_worker_and_goes_on_elsewhere() -> None:
    jobs = JobQueue(lanes=[(0,), (REWRITING,)], grace_seconds=0.0, heartbeat_seconds=0.05)
    slow = StepwiseWork("second half")

    def work(cancelled: IsCancelled) -> Iterator[AnyEvent | MoveTo]:
        yield Title("first half")
        yield MoveTo(REWRITING)
        yield from slow(cancelled)

    halves = jobs.subscribe("slow", work)
    assert slow.started.wait(PATIENCE)
    other = jobs.subscribe("other", lambda cancelled: iter([Title("another paper")]))
    assert texts(other) == ["another paper"], "while the second half still runs"
    slow.go.set()
    assert texts(halves) == ["first half", "second half begins", "second half ends"]
