"""Papers kept for later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from arxiv_gloss.cli import main
from arxiv_gloss.errors import BadPaperId, BadRequest, NotFound, StateError
from arxiv_gloss.settings import Settings
from arxiv_gloss.storage.saved_papers import LONGEST_PAPER, SavedPaper, SavedPapers
from arxiv_gloss.storage.sqlite import damaged_copies
from arxiv_gloss.storage.state import VERSION
from tests.server.conftest import Caller

FIRST = SavedPaper("2601.00001v2", "The first {title}", ["Jane Doe", "Wei Zhang"], "It says much.")
SECOND = SavedPaper("hep-th/9901001", "The second")


@pytest.fixture
def saved(tmp_path: Path) -> Iterator[SavedPapers]:
    opened = SavedPapers(tmp_path / "state.db")
    yield opened
    opened.close()


def ids(papers: list[SavedPaper]) -> list[str]:
    return [paper.id for paper in papers]


def test_papers_are_kept_once_the_newest_first(saved: SavedPapers, tmp_path: Path) -> None:
    saved.add([FIRST])
    assert ids(saved.add([SECOND])) == ["hep-th/9901001", "2601.00001"]
    assert ids(saved.add([SavedPaper("2601.00001", "Told anew")])) == ["2601.00001", "hep-th/9901001"]
    again = SavedPapers(tmp_path / "state.db")
    assert again.all()[0].title == "Told anew"
    again.close()


def test_a_paper_is_removed_by_any_of_its_names(saved: SavedPapers) -> None:
    saved.add([FIRST, SECOND])
    assert ids(saved.remove("https://arxiv.org/abs/2601.00001v7")) == ["hep-th/9901001"]
    with pytest.raises(NotFound):
        saved.remove("2601.00001")


def test_what_is_no_paper_is_refused_and_nothing_is_lost(saved: SavedPapers) -> None:
    saved.add([FIRST])
    with pytest.raises(BadPaperId):
        saved.add([SavedPaper("nonsense", "A title")])
    for title, abstract in ((" ", None), ("A title", "long" * LONGEST_PAPER)):
        with pytest.raises(BadRequest):
            saved.add([SavedPaper("2601.00002", title, abstract=abstract)])
    assert ids(saved.all()) == ["2601.00001"]


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="ARXIV_GLOSS_DATA_DIR"):
        SavedPapers(tmp_path / "file" / "state.db")


def test_over_the_wire(client: Caller) -> None:
    paper = {"id": "2601.00001", "title": "The first", "authors": ["Jane Doe"], "abstract": None}
    answer = client.post("/v1/saved", {"papers": [paper]})
    assert answer.json == {"papers": [{"id": "2601.00001", "title": "The first", "authors": ["Jane Doe"]}]}
    assert client.get("/v1/saved").json == answer.json
    assert "TI  - The first" in client.get("/v1/saved?form=ris").get_data(as_text=True)
    assert client.get("/v1/saved?form=docx").status_code == 400
    assert client.delete("/v1/saved", {"id": "2601.00001"}).json == {"papers": []}
    assert client.delete("/v1/saved", {"id": "2601.00001"}).status_code == 404
    assert client.post("/v1/saved", {"papers": [{"id": "x", "title": "y"}]}).status_code == 400


def test_they_are_exported_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARXIV_GLOSS_DATA_DIR", str(tmp_path))
    kept = SavedPapers(tmp_path / "state.db")
    kept.add([SECOND])
    kept.add([FIRST])
    kept.close()

    def said(*arguments: str) -> str:
        run = CliRunner().invoke(main, ["saved", *arguments])
        assert run.exit_code == 0, run.output
        return run.output

    assert said("list") == "2601.00001  The first {title}\nhep-th/9901001  The second\n"
    assert r"title = {{The first {title}}}" in said("export", "bibtex")
    assert "UR  - https://arxiv.org/abs/hep-th/9901001" in said("export", "ris")
    line = "- [The first {title}](https://arxiv.org/abs/2601.00001). Jane Doe, Wei Zhang\n"
    assert said("export", "markdown").startswith(line)
    said("remove", "2601.00001")
    assert said("list") == "hep-th/9901001  The second\n"


def test_a_refused_list_leaves_nothing_behind(tmp_path: Path) -> None:
    kept = SavedPapers(tmp_path / "state.db")
    with pytest.raises(BadPaperId):
        kept.add([FIRST, SavedPaper("no id", "Bad")])
    assert kept.all() == []
    kept.close()


def test_of_a_damaged_file_the_rest_is_taken_over_and_each_copy_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARXIV_GLOSS_DATA_DIR", str(tmp_path))
    file = tmp_path / "state.db"
    copies = []
    for _ in range(2):
        kept = SavedPapers(file)
        kept.add(SavedPaper(f"2401.{n:05}", "A title", ["A"], "We present " * 40) for n in range(60))
        kept.close()
        content = file.read_bytes()
        file.write_bytes(content[:16384] + b"\xff" * 4096 + content[20480:])
        copies.append(file.read_bytes())
        told = CliRunner().invoke(main, ["saved", "list"])
        assert "was damaged" in told.stderr
        assert len(told.stdout.splitlines()) > 30
    assert [copy.read_bytes() for copy in damaged_copies(file)] == copies
    assert "damaged" in CliRunner().invoke(main, ["doctor"]).stdout


def test_the_server_tells_of_a_damaged_file(client: Caller, settings: Settings) -> None:
    assert (client.get("/v1/status").json or {})["damaged"] == []
    copy = settings.state_file.with_name("state.db.damaged-1")
    copy.write_bytes(b"")
    assert (client.get("/v1/status").json or {})["damaged"] == [str(copy)]


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    SavedPapers(tmp_path / "state.db").close()
    with closing(sqlite3.connect(tmp_path / "state.db")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StateError, match="newer version"):
        SavedPapers(tmp_path / "state.db")
