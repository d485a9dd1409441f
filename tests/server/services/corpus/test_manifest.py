"""A shard's file, and the manifest that counts the files against the plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest

from arxiv_gloss.errors import BadRequest, EngineError
from arxiv_gloss.papers.records import PaperRecord
from arxiv_gloss.services.corpus.glosser import EngineGlosser
from arxiv_gloss.services.corpus.manifest import Manifest, choose_provenance, merge, progress
from arxiv_gloss.services.corpus.plan import Plan, Shard, grow_plan
from arxiv_gloss.services.corpus.provenance import Provenance
from arxiv_gloss.services.corpus.shard import CorpusGlosser, make_shard
from arxiv_gloss.services.corpus.store import Folder
from tests.server.conftest import ABSTRACT, TITLE
from tests.server.fakes import EchoEngine
from tests.server.services.corpus.stub import StubGlosser, papers

README = Path(__file__).parents[4] / "README.md"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def made(store: Folder, plan: Plan, glosser: CorpusGlosser) -> None:
    glosser.provenance.keep(store)
    for shard in plan.shards:
        make_shard(store, shard, glosser)


def test_a_file_holds_what_the_gloss_holds(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    plan = grow_plan(store, [PaperRecord("2401.00001", TITLE, ABSTRACT, ("cs.CL", "cs.LG"), 2)]).plan
    glosser = EngineGlosser(EchoEngine(), "zh", dict)
    made(store, plan, glosser)
    (row,) = pq.read_table(tmp_path / glosser.provenance.part(plan.shards[0]), partitioning=None).to_pylist()
    assert (row["id"], row["version"], row["categories"], row["title"]) == ("2401.00001", 2, ["cs.CL", "cs.LG"], TITLE)
    assert row["title_gloss"].startswith("题目")
    assert row["sentences"][0]["source"] == ABSTRACT.split(". ")[0] + "."
    assert all(one["target"] for one in row["sentences"])
    assert [one["evidence"] for one in row["takeaways"]]
    assert row["error"] is None
    assert row["models"] == [
        {"role": "glosser", "name": "echo", "digest": "echo", "precision": "fp32", "provider": "CPU"}
    ]


def test_the_queries_of_the_readme_run_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, glosser = Folder(tmp_path / "out"), EngineGlosser(EchoEngine(), "zh", dict)
    given = [PaperRecord("2401.00001", TITLE, ABSTRACT, ("cs.CL",)), PaperRecord("0704.0001", "Empty")]
    made(store, grow_plan(store, given).plan, glosser)
    (block,) = re.findall(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    monkeypatch.chdir(tmp_path)
    found = [duckdb.execute(query).fetchall() for query in block.splitlines()]
    assert found[0] == [("2401.00001", "题目SplitNet", "甲句的要点。")]
    assert sorted(found[1], key=str) == [("empty_abstract", 1), (None, 1)]
    assert found[2] == []


def test_a_refused_paper_is_a_row_with_its_reason(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    given = [PaperRecord("2401.00001", "Empty"), PaperRecord("2401.00002", "Long", "A word. " * 100_000)]
    plan = grow_plan(store, given).plan
    glosser = EngineGlosser(EchoEngine(), "zh", dict)
    made(store, plan, glosser)
    rows = pq.read_table(tmp_path / glosser.provenance.part(plan.shards[0])).to_pylist()
    assert [(row["id"], row["error"]) for row in rows] == [
        ("2401.00001", "empty_abstract"),
        ("2401.00002", "abstract_too_long"),
    ]
    assert all(row["message"].endswith(".") and row["sentences"] is None for row in rows)


def test_a_model_that_fails_makes_no_file(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    plan = grow_plan(store, [PaperRecord("2401.00001", TITLE, ABSTRACT)]).plan
    with pytest.raises(EngineError):
        made(store, plan, EngineGlosser(EchoEngine(fails=EngineError("out of memory")), "zh", dict))
    assert not list(tmp_path.glob("month=*"))


def test_the_manifest_counts_every_paper_of_the_plan(tmp_path: Path) -> None:
    store, stub = Folder(tmp_path), StubGlosser()
    plan = grow_plan(store, papers(2500)).plan
    made(store, plan, stub)
    manifest = merge(store, plan, stub.provenance, NOON)
    assert manifest.is_complete
    assert (manifest.planned, manifest.glossed, manifest.refused) == (2500, 2475, {"not_english": 25})
    assert [part.papers for part in manifest.files] == [1000, 1000, 500]
    assert msgspec.json.decode((tmp_path / "manifest.json").read_bytes(), type=Manifest) == manifest


def test_what_is_missing_damaged_or_stale_is_named(tmp_path: Path) -> None:
    store, stub, other = Folder(tmp_path), StubGlosser(), StubGlosser("newer")
    plan = grow_plan(store, papers(2500)).plan
    made(store, plan, stub)
    make_shard(store, plan.shards[0], other)
    names = [stub.provenance.part(shard) for shard in plan.shards]
    store.delete(names[0])
    (tmp_path / names[1]).write_bytes(b"PAR1")
    manifest = merge(store, plan, stub.provenance, NOON)
    assert not manifest.is_complete
    assert manifest.missing == [names[0]]
    assert [one.file for one in manifest.damaged] == [names[1]]
    assert manifest.stale == [other.provenance.part(plan.shards[0])]


def test_another_model_makes_all_files_anew_and_a_changed_paper_only_its_own(tmp_path: Path) -> None:
    store, stub = Folder(tmp_path), StubGlosser()
    plan = grow_plan(store, papers(2500)).plan
    made(store, plan, stub)
    assert progress(store, plan)[0].shards == 3
    made(store, plan, StubGlosser("newer"))
    assert len(store.glob("month=*/part-*.parquet")) == 6
    (changed,) = [replace_title(paper) for paper in papers(1501) if paper.id == "1001.01500"]
    after = grow_plan(store, [changed]).plan
    assert [one.shards for one in progress(store, after)] == [2, 2]


def replace_title(paper: PaperRecord) -> PaperRecord:
    return msgspec.structs.replace(paper, title="Another title")


def test_the_run_is_named_where_there_are_several(tmp_path: Path) -> None:
    store = Folder(tmp_path)
    with pytest.raises(BadRequest, match="Nothing has been made"):
        choose_provenance(store)
    one, other = StubGlosser().provenance, StubGlosser("newer").provenance
    one.keep(store)
    assert choose_provenance(store) == one
    other.keep(store)
    with pytest.raises(BadRequest, match="Say which"):
        choose_provenance(store)
    assert choose_provenance(store, other.digest[:8]) == other


def test_the_name_depends_on_papers_models_rules_and_target() -> None:
    first = StubGlosser().provenance
    half = [msgspec.structs.replace(first.models[0], precision="fp16")]
    others = [
        Provenance("de", first.models, first.rules),
        Provenance(first.target, half, first.rules),
        Provenance(first.target, first.models, "3"),
    ]
    shards = [Shard("2401", 10, "abc"), Shard("2401", 10, "abd")]
    assert len({one.part(shard) for one in [first, *others] for shard in shards}) == 8
