"""Stores: a folder, and a bucket of a real S3 server (moto's, where it is installed)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from arxiv_gloss.errors import BadRequest
from arxiv_gloss.services.corpus.plan import grow_plan, read_plan
from arxiv_gloss.services.corpus.processes import ProcessRunner
from arxiv_gloss.services.corpus.shard_queue import ShardQueue
from arxiv_gloss.services.corpus.store import Folder, Store, open_store
from tests.server.services.corpus.stub import make_stub, papers


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a folder in a new bucket."""
    pytest.importorskip("s3fs", reason="needs the extra [s3]")
    server = pytest.importorskip("moto.server", reason="needs moto[server]")
    running = server.ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    known = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in (known | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}).items():
        monkeypatch.setenv(name, value)
    import s3fs

    name = f"corpus-{tmp_path.name.lower().replace('_', '-')}"[:60].strip(
        "-"
    )  # the server keeps the buckets of all tests
    s3fs.S3FileSystem().mkdir(name)
    yield f"s3://{name}/all of it"
    s3fs.S3FileSystem.clear_instance_cache()
    running.stop()


@pytest.fixture(params=["folder", "bucket"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("bucket")) if request.param == "bucket" else str(tmp_path / "all of it")


def test_a_file_is_written_read_found_and_deleted(address: str) -> None:
    store = open_store(address)
    assert not store.exists("month=2401/part-a.parquet")
    assert store.glob("month=*/part-*.parquet") == set()
    store.write("month=2401/part-a.parquet", b"one")
    store.write("plan.json", b"{}")
    assert store.glob("month=*/part-*.parquet") == {"month=2401/part-a.parquet"}
    assert store.exists("plan.json")
    assert not store.exists("month=2401")
    assert store.read("month=2401/part-a.parquet") == b"one"
    store.write("plan.json", b"[]")
    assert store.read("plan.json") == b"[]"
    store.delete("plan.json")
    store.delete("plan.json")
    assert not store.exists("plan.json")
    with pytest.raises(FileNotFoundError):
        store.read("plan.json")


def test_what_another_has_written_is_seen_at_once(address: str) -> None:
    one, other = open_store(address), open_store(address)
    assert one.glob("*.json") == set()
    other.write("plan.json", b"{}")
    assert one.glob("*.json") == {"plan.json"}
    assert one.exists("plan.json")


def test_a_new_file_never_replaces_one_that_is_there(address: str) -> None:
    store = open_store(address)
    store.write_new("part", b"first")
    store.write_new("part", b"second")
    assert store.read("part") == b"first"


def test_a_corpus_is_made_in_a_bucket_as_in_a_folder(bucket: str, tmp_path: Path) -> None:
    made = [run(address) for address in (str(tmp_path), bucket)]
    assert made[0] == made[1]
    assert len(made[0]) == 3


def run(address: str) -> dict[str, bytes]:
    store = open_store(address)
    grow_plan(store, papers(2500))
    with ProcessRunner(address, make_stub, 2) as runner:
        queue = ShardQueue(store, runner.provenance(), read_plan(store).shards)
        assert sum(runner.run(queue)) == 2500
    return {name: store.read(name) for name in store.glob("month=*/part-*.parquet")}


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    store: Store = Folder(tmp_path)
    store.write("plan.json", b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.write("plan.json", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["plan.json"]
    assert (tmp_path / "plan.json").read_bytes() == b"old"


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    store, seen = Folder(tmp_path), set[int]()
    store.write("plan.json", b"0" * 1_000_000)

    def write() -> None:
        for k in range(20):
            store.write("plan.json", bytes([k]) * 1_000_000)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        seen.add(len(store.read("plan.json")))
    writer.join()
    assert seen <= {1_000_000}


@pytest.mark.parametrize("address", ["sftp://host/corpus", "http://host/corpus"])
def test_addresses_that_may_leave_half_a_file_are_refused(address: str) -> None:
    with pytest.raises(BadRequest, match="half a file"):
        open_store(address)
