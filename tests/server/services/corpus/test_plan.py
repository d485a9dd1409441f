"""Plans: shards of one month, stable while they grow."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest

from arxiv_gloss.errors import BadRequest, StateError
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.plan import grow_plan, read_papers, read_plan
from arxiv_gloss.services.corpus.shard_queue import shards_of
from arxiv_gloss.services.corpus.store import Folder


def paper(name: str, version: int | None = 1, title: str = "A title") -> PaperRecord:
    return PaperRecord(name, title, "We prove 3 bounds.", ("cs.CL",), version)


def numbered(month: str, count: int, begin: int = 0) -> list[PaperRecord]:
    return [paper(f"{month}.{number:05}") for number in range(begin, begin + count)]


def test_a_shard_holds_one_month_and_at_most_a_thousand_papers_in_order(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    given = [*reversed(numbered("2401", 2500)), *numbered("2312", 3), paper("hep-th/9901001"), paper("math/9901001")]
    plan = grow_plan(store, given).plan
    assert [(shard.month, shard.papers) for shard in plan.shards] == [
        ("2312", 3), ("2401", 1000), ("2401", 1000), ("2401", 500), ("9901", 1), ("9901", 1),
    ]  # fmt: skip
    assert read_plan(store) == plan
    planned = [one for shard in plan.shards for one in read_papers(store, shard)]
    assert sorted(planned, key=str) == sorted(given, key=str)
    assert [one.id for one in read_papers(store, plan.shards[1])] == [f"2401.{k:05}" for k in range(1000)]


def test_the_same_papers_in_another_order_are_the_same_plan(tmp_path: Path) -> None:
    given = numbered("2401", 1200) + numbered("2402", 5)
    one = grow_plan(Folder(tmp_path / "one"), given).plan
    assert grow_plan(Folder(tmp_path / "other"), reversed(given)).plan == one


def test_new_and_changed_papers_change_only_their_own_shards(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    before = grow_plan(store, numbered("2401", 2500) + numbered("2402", 10)).plan
    changed = paper("2401.01500", 2, "Another title")
    grown = grow_plan(store, [changed, paper("2402.00010"), paper("2403.00001")])
    assert (grown.read, grown.added, grown.changed, grown.plan.papers) == (3, 2, 1, 2512)
    after = grown.plan
    assert set(before.shards) - set(after.shards) == {before.shards[1], before.shards[3]}
    assert changed in read_papers(store, after.shards[1])


def test_the_newest_version_counts_whatever_comes_last(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    grow_plan(store, [paper("2401.00001", 3, "Third"), paper("2401.00001", 2, "Second")])
    grow_plan(store, [paper("2401.00001", 1, "First")])
    (shard,) = read_plan(store).shards
    assert read_papers(store, shard) == [paper("2401.00001", 3, "Third")]


def test_own_ids_have_a_month_of_their_own(tmp_path: Path) -> None:
    plan = grow_plan(Folder(tmp_path), [paper(f"report {k}") for k in range(1500)]).plan
    assert [(shard.month, shard.papers) for shard in plan.shards] == [("0000", 1000), ("0000", 500)]


def test_a_source_that_fails_leaves_the_plan_as_it_was(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    before = grow_plan(store, numbered("2401", 3)).plan

    def broken() -> object:
        yield paper("2402.00001")
        raise BadRequest("Line 2 is cut.")

    with pytest.raises(BadRequest, match="Line 2"):
        grow_plan(store, broken())  # type: ignore[arg-type]
    assert read_plan(store) == before


def test_damage_is_told_with_the_file(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    with pytest.raises(BadRequest, match="no plan yet"):
        read_plan(store)
    (shard,) = grow_plan(store, numbered("2401", 3)).plan.shards
    store.write(shard.file, gzip.compress(msgspec.json.encode(paper("2401.00009"))))
    with pytest.raises(StateError, match=shard.file):
        read_papers(store, shard)
    store.write("plan.json", b'{"shards": 3}')
    with pytest.raises(StateError, match=r"plan\.json is damaged"):
        read_plan(store)


def test_parts_of_the_work_are_all_of_it_and_never_overlap(tmp_path: Path) -> None:
    plan = grow_plan(Folder(tmp_path), numbered("2401", 10_000, 1000)).plan
    cut = [shards_of(plan, (index, 4)) for index in range(4)]
    assert sorted(map(str, plan.shards)) == sorted(str(shard) for some in cut for shard in some)
    with pytest.raises(BadRequest):
        shards_of(plan, (4, 4))
