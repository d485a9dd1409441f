"""Runs on one machine: whatever dies, the same bytes are made, nothing is lost and nothing is made twice."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
import pyarrow.parquet as pq
import pytest

from arxiv_gloss.errors import BundleError, EngineError
from arxiv_gloss.services.corpus.plan import grow_plan, read_plan
from arxiv_gloss.services.corpus.processes import ProcessRunner, default_workers
from arxiv_gloss.services.corpus.shard_queue import ShardQueue
from arxiv_gloss.services.corpus.store import Folder, open_store
from tests.server.services.corpus import faults
from tests.server.services.corpus.stub import StubGlosser, digests, make_stub, papers

COUNT = 6000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed run of one worker makes."""
    out = tmp_path_factory.mktemp("whole")
    planned(out)
    assert run(out, 1, make_stub) == COUNT
    return digests(out)


def planned(out: Path, count: int = COUNT) -> None:
    grow_plan(Folder(out), papers(count))


def run(out: Path, workers: int, make: Callable[[], StubGlosser]) -> int:
    """Papers that the run says it has glossed."""
    store = open_store(str(out))
    with ProcessRunner(str(out), make, workers) as runner:
        queue = ShardQueue(store, runner.provenance(), read_plan(store).shards)
        glossed = sum(runner.run(queue))
    assert not queue.failed
    return glossed


def test_two_workers_make_the_same_bytes_as_one(whole: dict[str, str], tmp_path: Path) -> None:
    planned(tmp_path)
    assert run(tmp_path, 2, make_stub) == COUNT
    assert digests(tmp_path) == whole


def test_killed_drivers_and_workers_lose_nothing_and_make_nothing_twice(whole: dict[str, str], tmp_path: Path) -> None:
    planned(tmp_path)
    chance = random.Random(20)
    for again in range(3):
        driver = faults.start(tmp_path, 1 + again % 2, 0.001)
        faults.wait_for_parts(tmp_path, again + 1, driver)
        faults.kill_a_worker(driver, chance)
        faults.wait_for_parts(tmp_path, again + 2, driver)
        left = faults.kill_with_children_left(driver)
        _, alive = psutil.wait_procs(left, timeout=faults.PATIENCE)
        assert not alive, "workers end when their driver has"
    made_before = {name: (tmp_path / name).stat().st_mtime_ns for name in digests(tmp_path)}
    assert run(tmp_path, 2, make_stub) <= COUNT - 1000 * 3
    assert digests(tmp_path) == whole
    assert all((tmp_path / name).stat().st_mtime_ns == at for name, at in made_before.items()), "done is done"
    ids = [
        name for file in tmp_path.glob("month=*/*") for name in pq.read_table(file, columns=["id"])["id"].to_pylist()
    ]
    assert sorted(ids) == [paper.id for paper in papers(COUNT)]


def test_a_worker_that_dies_is_replaced_and_its_papers_are_counted_once(whole: dict[str, str], tmp_path: Path) -> None:
    planned(tmp_path / "out")
    bad = tmp_path / "1001.01500"
    bad.touch()
    assert run(tmp_path / "out", 1, partial(make_stub, 0.0, str(bad))) == COUNT
    assert digests(tmp_path / "out") == whole


def test_two_runs_at_once_share_the_work(whole: dict[str, str], tmp_path: Path) -> None:
    planned(tmp_path)
    drivers = [faults.start(tmp_path, 1, 0.0002) for _ in range(2)]
    assert [driver.wait(faults.PATIENCE) for driver in drivers] == [0, 0]
    assert digests(tmp_path) == whole


def unable() -> StubGlosser:
    raise BundleError("There is no bundle 'x'.")


def ends() -> StubGlosser:
    sys.exit(7)


def test_a_model_that_does_not_load_is_told_as_what_it_is(tmp_path: Path) -> None:
    with ProcessRunner(str(tmp_path), unable, 2) as runner, pytest.raises(BundleError, match="no bundle 'x'"):
        runner.provenance()


def test_workers_that_never_begin_end_the_run(tmp_path: Path) -> None:
    with ProcessRunner(str(tmp_path), ends, 1) as runner, pytest.raises(EngineError, match="exit code 7"):
        runner.provenance()


def test_a_shard_that_can_never_be_made_is_given_up_and_the_others_are_made(tmp_path: Path) -> None:
    planned(tmp_path, 2500)
    store = Folder(tmp_path)
    damaged = read_plan(store).shards[1]
    (tmp_path / damaged.file).write_bytes(b"")
    with ProcessRunner(str(tmp_path), make_stub, 2) as runner:
        queue = ShardQueue(store, runner.provenance(), read_plan(store).shards)
        assert sum(runner.run(queue)) == 1500
    assert list(queue.failed) == [damaged]
    assert "plan again" in queue.failed[damaged]


def test_there_is_a_worker_for_each_core_that_may_be_used() -> None:
    assert 1 <= default_workers() <= (psutil.cpu_count() or 1)
