"""The extension's copy: whole, refreshed, never in the place of something else, and its invitation for one reader."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from arxiv_gloss.launch import extension_folder
from arxiv_gloss.launch.extension_folder import FolderTaken


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = tmp_path / "built"
    (made / "chunks").mkdir(parents=True)
    (made / "manifest.json").write_text(json.dumps({"key": "ours", "version": "1.0.0"}))
    (made / "chunks" / "old.js").write_text("one")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "visible" / "chrome"


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_a_copy_is_whole_and_made_once(source: Path, folder: Path) -> None:
    folder.parent.mkdir()
    assert extension_folder.replace(source, folder)
    assert files(folder) == {"manifest.json", "chunks/old.js"}
    assert extension_folder.version(folder) == "1.0.0"
    extension_folder.invite(folder, "http://127.0.0.1:8417", "secret")
    assert not extension_folder.replace(source, folder), "nothing was changed"
    assert (folder / "pairing.json").exists()


def test_a_newer_build_takes_the_place_of_the_older_one(source: Path, folder: Path) -> None:
    folder.parent.mkdir()
    extension_folder.replace(source, folder)
    (source / "chunks" / "old.js").unlink()
    (source / "chunks" / "new.js").write_text("two")
    (source / "manifest.json").write_text(json.dumps({"key": "ours", "version": "1.0.1"}))
    assert extension_folder.replace(source, folder)
    assert files(folder) == {"manifest.json", "chunks/new.js"}
    assert [one.name for one in folder.parent.iterdir()] == ["chrome"], "nothing is left beside it"


def test_a_folder_of_the_readers_own_is_left_alone(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "thesis.tex").write_text("years of work")
    with pytest.raises(FolderTaken, match="ARXIV_GLOSS_EXTENSION_DIR"):
        extension_folder.replace(source, folder)
    assert files(folder) == {"thesis.tex"}


def test_an_extension_of_somebody_else_is_left_alone(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"key": "theirs"}))
    with pytest.raises(FolderTaken):
        extension_folder.replace(source, folder)


def test_a_copy_that_fails_leaves_the_old_one(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.parent.mkdir()
    extension_folder.replace(source, folder)
    (source / "manifest.json").write_text(json.dumps({"key": "ours", "version": "1.0.1"}))
    rename = Path.rename

    def refused(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise PermissionError(13, "a browser holds it")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError):
        extension_folder.replace(source, folder)
    assert extension_folder.version(folder) == "1.0.0"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_the_invitation_is_for_its_reader_alone(source: Path, folder: Path) -> None:
    folder.parent.mkdir()
    extension_folder.replace(source, folder)
    extension_folder.invite(folder, "http://127.0.0.1:8417", "secret")
    assert (folder / "pairing.json").stat().st_mode & 0o777 == 0o600
    assert json.loads((folder / "pairing.json").read_text()) == {
        "address": "http://127.0.0.1:8417",
        "ticket": "secret",
    }
