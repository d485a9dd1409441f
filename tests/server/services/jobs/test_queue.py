"""Equal asks run once, leavers stop the work, waiting is bounded and fair."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from arxiv_gloss.errors import Busy, Cancelled, EngineError
from arxiv_gloss.events import Alive, AnyEvent, Event, Failed, Title
from arxiv_gloss.services.jobs.queue import LISTED, Cancelling, Runs

PATIENCE = 10.0
"""Seconds after which a test that waits for a thread has failed."""


class Job:
    """Work in two steps: the second waits until it is let go, and notices when it is cancelled."""

    def __init__(self, name: str = "job") -> None:
        self.name = name
        self.started = threading.Event()
        self.go = threading.Event()
        self.ended = threading.Event()
        self.times = 0
        self.was_cancelled = False

    def __call__(self, cancelled: Cancelling) -> Iterator[Event]:
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
def runs() -> Runs:
    return Runs(workers=1, waiting=3, linger=0.0, silence=0.05)


def test_equal_asks_run_once_and_all_hear_everything(runs: Runs) -> None:
    job = Job()
    first = runs.listen("key", job)
    assert next(first) == Title("job begins")
    late = runs.listen("key", job)
    job.go.set()
    assert texts(late) == ["job begins", "job ends"]
    assert texts(first) == ["job ends"]
    assert job.times == 1


def test_asked_again_later_it_runs_again(runs: Runs) -> None:
    job = Job()
    job.go.set()
    for _ in range(2):
        listener = runs.listen("key", job)
        assert texts(listener) == ["job begins", "job ends"]
        listener.close()
        wait_for(lambda: not runs._live)
    assert job.times == 2


def test_the_last_leaver_stops_the_work(runs: Runs) -> None:
    job = Job()
    one, two = runs.listen("key", job), runs.listen("key", job)
    next(one)
    one.close()
    one.close()
    assert not job.ended.wait(0.05)
    two.close()
    assert job.ended.wait(PATIENCE) and job.was_cancelled


def test_who_comes_back_in_time_finds_the_work_going_on() -> None:
    runs = Runs(workers=1, linger=3600)
    job = Job()
    first = runs.listen("key", job)
    next(first)
    first.close()
    again = runs.listen("key", job)
    job.go.set()
    assert texts(again) == ["job begins", "job ends"]
    assert job.times == 1


def test_who_comes_back_too_late_starts_anew(runs: Runs) -> None:
    job = Job()
    first = runs.listen("key", job)
    next(first)
    first.close()
    assert job.ended.wait(PATIENCE)
    job.go.set()
    assert texts(runs.listen("key", job)) == ["job begins", "job ends"]


def test_silence_is_broken(runs: Runs) -> None:
    job = Job()
    listener = runs.listen("key", job)
    next(listener)
    assert next(listener) == Alive()
    assert next(listener) == Alive()
    job.go.set()
    assert texts(listener) == ["job ends"]


def test_a_reader_that_has_gone_ends_the_stream(runs: Runs) -> None:
    listener = runs.listen("key", Job())
    next(listener)
    listener.gone = lambda: True
    assert list(listener) == []
    listener.close()


def test_an_error_ends_the_stream_with_its_code(runs: Runs) -> None:
    def fails(_: Cancelling) -> Iterator[Event]:
        yield Title("begins")
        raise EngineError("It broke.")

    assert list(runs.listen("key", fails)) == [Title("begins"), Failed("engine", "It broke.")]


def test_a_fault_of_ours_tells_no_inner_things(runs: Runs) -> None:
    def fails(_: Cancelling) -> Iterator[Event]:
        raise ValueError("a path or a secret")
        yield

    (event,) = list(runs.listen("key", fails))
    assert isinstance(event, Failed) and event.code == "internal" and "secret" not in event.message


def test_waiting_is_bounded_for_each_rank(runs: Runs) -> None:
    running = Job()
    runs.listen("running", running)
    assert running.started.wait(PATIENCE)
    for number in range(3):
        runs.listen(number, Job())
    with pytest.raises(Busy):
        runs.listen("one too many", Job())
    runs.listen("of a list", Job(), LISTED)
    assert runs.listen(1, Job()), "an equal one needs no room"


def test_readers_go_before_lists(runs: Runs) -> None:
    running = Job()
    runs.listen("running", running)
    assert running.started.wait(PATIENCE)
    order: list[str] = []

    def noted(name: str) -> Callable[[Cancelling], Iterator[Event]]:
        def work(_: Cancelling) -> Iterator[Event]:
            order.append(name)
            yield Title(name)

        return work

    listed = runs.listen("listed", noted("listed"), LISTED)
    read = runs.listen("read", noted("read"))
    running.go.set()
    assert texts(read) == ["read"] and texts(listed) == ["listed"]
    assert order == ["read", "listed"]


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)
