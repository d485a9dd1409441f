"""state.db: its versions, and a file that goes away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from arxiv_gloss.errors import StateError
from arxiv_gloss.storage.pairings import Pairings
from arxiv_gloss.storage.saved_papers import SavedPaper, SavedPapers
from arxiv_gloss.storage.state import MIGRATIONS, VERSION, StateDatabase
from tests.server.conftest import ORIGIN, Caller

PAPER = SavedPaper("2601.00001", "A title")
KEPT = b'{"id":"2601.00001","title":"A title"}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "state.db"


@pytest.fixture
def saved(file: Path) -> Iterator[SavedPapers]:
    opened = SavedPapers(file)
    yield opened
    opened.close()


def schema_of(file: Path) -> tuple[int, set[str]]:
    with closing(sqlite3.connect(file)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        return version, {sql for (sql,) in database.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")}


def make_old(file: Path, version: int, stamped: bool = True) -> None:
    """A file as an earlier version made it, with a saved paper and a pairing in it."""
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                database.execute(statement)
        database.execute(
            "INSERT INTO saved VALUES (?, ?, ?)", (PAPER.id, b'{"id":"2601.00001","title":"A title"}', "1")
        )
        database.execute("INSERT INTO pairing VALUES (?, ?, 1)", (b"x" * 32, ORIGIN))
        database.execute(f"PRAGMA user_version = {version if stamped else 0}")


@pytest.mark.parametrize(("version", "stamped"), [(1, False), *((one, True) for one in range(1, VERSION))])
def test_a_file_of_an_earlier_version_is_brought_along(file: Path, tmp_path: Path, version: int, stamped: bool) -> None:
    make_old(file, version, stamped)
    pairings, saved = Pairings(file), SavedPapers(file)
    assert saved.all() == [PAPER]
    assert pairings.secrets(ORIGIN) == [b"x" * 32]
    assert len(pairings.own_secret()) == 32
    pairings.close()
    saved.close()
    SavedPapers(tmp_path / "new.db").close()
    assert schema_of(file) == schema_of(tmp_path / "new.db")


def test_the_secret_of_an_installation_stays(file: Path) -> None:
    first, second = Pairings(file), Pairings(file)
    assert first.own_secret() == second.own_secret()
    first.close()
    second.close()


def test_a_change_that_fails_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_old(file, 1)
    before = schema_of(file)
    broken = (*MIGRATIONS[:1], ("CREATE TABLE more (x)", "no statement"))
    monkeypatch.setattr("arxiv_gloss.storage.state.MIGRATIONS", broken)
    with pytest.raises(StateError):
        SavedPapers(file)
    assert schema_of(file) == before


def test_a_list_that_breaks_off_leaves_nothing(file: Path) -> None:
    state = StateDatabase(file, "Papers")
    with pytest.raises(StateError):
        state.write_all("INSERT INTO saved VALUES (?, ?, ?)", [("2601.00001", KEPT, "1"), ("2601.00002", None, "1")])
    assert state.read("SELECT id FROM saved") == []
    state.close()


def test_a_folder_that_has_gone_is_said_and_used_again_when_it_is_back(saved: SavedPapers, file: Path) -> None:
    saved.add([PAPER])
    away = file.parent.rename(file.parent.with_name("away"))
    with pytest.raises(StateError, match="has gone"):
        saved.add([SavedPaper("2601.00002", "Another")])
    with pytest.raises(StateError, match="has gone"):
        saved.all()
    away.rename(file.parent)
    assert saved.add([SavedPaper("2601.00002", "Another")])[1:] == [PAPER]


def test_a_file_that_was_put_in_its_place_is_used(saved: SavedPapers, file: Path) -> None:
    saved.add([PAPER])
    other = SavedPapers(file.with_name("other.db"))
    other.close()
    file.with_name("other.db").replace(file)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    assert saved.all() == []


def test_the_server_says_that_its_folder_has_gone(client: Caller, tmp_path: Path) -> None:
    (tmp_path / "data").rename(tmp_path / "away")
    answer = client.get("/v1/status")
    assert (answer.status_code, (answer.json or {})["error"]["code"]) == (500, "state")
    assert "has gone" in (answer.json or {})["error"]["message"]
    (tmp_path / "away").rename(tmp_path / "data")
    assert client.get("/v1/status").status_code == 200
