"""What a reader keeps is the reader's alone, whatever the umask says, from the first byte on."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from arxiv_gloss.cli import main
from arxiv_gloss.papers.fetch import Papers
from arxiv_gloss.papers.ids import PaperId
from arxiv_gloss.papers.metadata import Arxiv
from arxiv_gloss.private_files import private_folder, write_private
from arxiv_gloss.settings import Settings
from arxiv_gloss.storage.pairings import Pairings
from tests.server.conftest import ABSTRACT, Caller
from tests.server.services.digest.test_digest import FIXTURES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, and a folder for each user")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """A umask that takes nothing away."""
    before = os.umask(0)
    yield
    os.umask(before)


def opened(folder: Path) -> dict[str, str]:
    """What others may look at, the folder itself included."""
    found = {file: file.lstat().st_mode for file in (folder, *folder.rglob("*"))}
    return {file.name: stat.filemode(mode) for file, mode in found.items() if mode & 0o077}


def test_what_the_server_keeps(client: Caller, settings: Settings, tmp_path: Path) -> None:
    """The databases' side files too: everything stands in them at first."""
    client.stream("/v1/gloss", {"abstract": ABSTRACT})
    client.post("/v1/saved", {"papers": [{"id": "2401.00001", "title": "A title"}]})
    client.post("/v1/glossary", {"terms": [{"source": "token", "target": "词元"}]})
    client.put("/v1/settings", {"target": "zh"})
    papers = Papers(Arxiv(sleep=lambda _: None), settings.papers_dir, download=lambda _: b"%PDF-1.7 ... %%EOF")
    papers.pdf(PaperId.parse("2401.00001v1"))
    names = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert {"state.db-wal", "glosses.db-wal", "settings.toml", "glossary.tsv", "2401.00001v1.pdf"} <= names
    for folder in (settings.data_dir, settings.config_dir, settings.cache_dir):
        assert not opened(folder)


def test_a_digest_that_the_server_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("DATA", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"ARXIV_GLOSS_{kind}_DIR", str(tmp_path / kind.lower()))
    rows = tmp_path / "rows.jsonl"
    rows.write_text("")
    result = CliRunner().invoke(main, ["digest", "--from", str(FIXTURES / "pages" / "list_cs.CL_new.html")])
    assert result.exit_code in (0, 3), result.output
    assert list((tmp_path / "data" / "digest").rglob("*.html")) and not opened(tmp_path / "data")


def test_a_database_is_closed_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, seen = sqlite3.connect, []

    def watched(path: Path, **more: object) -> sqlite3.Connection:
        seen.append((stat.S_IMODE(path.stat().st_mode), path.stat().st_size))
        return connect(path, **more)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", watched)
    Pairings(tmp_path / "data" / "state.db").close()
    assert seen == [(0o600, 0)]


def test_files_of_an_earlier_version_are_closed(tmp_path: Path) -> None:
    data = tmp_path / "arxiv-gloss"
    data.mkdir(0o755)
    kept = Pairings(data / "state.db")
    for file in data.iterdir():
        file.chmod(0o644)
    data.chmod(0o755)
    again = Pairings(data / "state.db")
    assert not opened(data)
    again.close()
    kept.close()


def test_a_folder_of_the_reader_s_is_left_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir(0o755)
    private_folder(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o755
    assert stat.S_IMODE(private_folder(shared / "a" / "b").stat().st_mode) == 0o700


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, link = tmp_path / "kept", tmp_path / "link"
    link.symlink_to(file)
    write_private(link, b"old")
    assert link.is_symlink() and file.read_bytes() == b"old"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_private(file, b"new")
    assert file.read_bytes() == b"old" and sorted(tmp_path.iterdir()) == [file, link]
