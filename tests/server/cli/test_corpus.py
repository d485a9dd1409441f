"""Corpus runs as a person meets them, with a tiny bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from arxiv_gloss.papers.records import PaperRecord
from tests.server.cli.test_cli import Terminal, bundles  # noqa: F401  (a fixture)
from tests.server.conftest import ABSTRACT, TITLE


@pytest.fixture
def terminal(bundles: Path, tmp_path: Path) -> Terminal:  # noqa: F811
    return Terminal(bundles, tmp_path)


def rows(*ids: str) -> str:
    return "".join(json.dumps({"id": name, "title": TITLE, "abstract": ABSTRACT}) + "\n" for name in ids)


def test_a_corpus_is_planned_made_and_counted(terminal: Terminal, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", str(tmp_path / "out")
    source.write_text(rows("2401.00001", "2402.00001v2") + '{"id": "2402.00002", "abstract": ""}\n')
    told = terminal.run("corpus", "plan", str(source), out)
    assert "3 papers read, 3 of them new, 0 changed. The plan holds 3 papers in 2 shards." in told.stdout, told.stderr

    told = terminal.run("corpus", "run", out, "--workers", "1", "--shard", "1/2")
    assert "2 papers glossed into zh by tiny (fp32 on CPU)" in told.stdout, told.stderr
    told = terminal.run("corpus", "merge", out)
    assert told.exit_code == 1
    assert "1 shards are missing" in told.stderr
    assert "Made: 2 papers in 1 shards (66.7 %), into zh by tiny" in terminal.run("corpus", "status", out).stdout

    terminal.run("corpus", "run", out, "--workers", "1")
    told = terminal.run("corpus", "merge", out)
    assert told.exit_code == 0, told.stderr
    assert "2 of 3 papers glossed" in told.stdout
    assert "refused: 1 empty_abstract" in told.stdout
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["planned"] == 3


def test_files_of_older_plans_are_deleted_on_request(terminal: Terminal, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", str(tmp_path / "out")
    for again in (rows("2401.00001"), rows("2401.00002")):
        source.write_text(again)
        terminal.run("corpus", "plan", str(source), out)
        terminal.run("corpus", "run", out, "--workers", "1")
    assert "1 files are of older plans" in terminal.run("corpus", "merge", out).stdout
    assert "1 files of older plans or other runs deleted" in terminal.run("corpus", "merge", out, "--prune").stdout
    assert len(list((tmp_path / "out").glob("month=*/*"))) == 1


def test_only_the_months_that_are_asked_for_are_planned(terminal: Terminal, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(rows("2401.00001", "2402.00001", "hep-th/9901001"))
    told = terminal.run("corpus", "plan", str(source), str(tmp_path / "out"), "--month", "2402", "--month", "9901")
    assert "2 papers read" in told.stdout


def test_what_is_wrong_is_told(terminal: Terminal, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", str(tmp_path / "out")
    source.write_text(rows("2401.00001")[:-30])
    assert "Line 1 is not a paper" in terminal.run("corpus", "plan", str(source), out).stderr
    assert "no plan yet" in terminal.run("corpus", "run", out).stderr
    source.write_text(rows("2401.00001"))
    terminal.run("corpus", "plan", str(source), out)
    assert "unknown_target" in terminal.run("corpus", "run", out, "--to", "xx", "--workers", "1").stderr
    assert "Nothing has been made" in terminal.run("corpus", "merge", out).stderr
    assert "not I/N" in terminal.run("corpus", "run", out, "--shard", "2/2").stderr
    assert "no day like" in terminal.run("corpus", "plan", "oai:yesterday", out).stderr
    assert "No such file" in terminal.run("corpus", "plan", str(tmp_path / "none"), out).stderr


def test_a_harvest_grows_the_plan(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[date, date | None]] = []

    def harvest(since: date, until: date | None = None) -> Iterator[PaperRecord]:
        asked.append((since, until))
        yield PaperRecord("2401.00001", TITLE, ABSTRACT)

    monkeypatch.setattr("arxiv_gloss.papers.harvest.harvest", harvest)
    out = str(tmp_path / "out")
    told = terminal.run("corpus", "plan", "oai:2026-11-01..2026-11-07", out)
    assert "1 papers read, 1 of them new" in told.stdout, told.stderr
    assert "1 papers read, 0 of them new" in terminal.run("corpus", "plan", "oai:2026-11-01", out).stdout
    assert asked == [(date(2026, 11, 1), date(2026, 11, 7)), (date(2026, 11, 1), None)]


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_its_runner_says_how_to_get_it(terminal: Terminal, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", str(tmp_path / "out")
    source.write_text(rows("2401.00001"))
    terminal.run("corpus", "plan", str(source), out)
    assert "pip install 'arxiv-gloss[corpus,ray]'" in terminal.run("corpus", "run", out, "--runner", "ray").stderr
