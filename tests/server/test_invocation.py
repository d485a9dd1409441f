"""Notices name commands that work for whoever reads them."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

import pytest

from arxiv_gloss import invocation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="paths as a POSIX shell takes them")


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment's folder of scripts, with ours in it, that is not on the PATH."""
    folder = tmp_path / "project" / ".venv" / "bin"
    folder.mkdir(parents=True)
    script = folder / "arxiv-gloss"
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(folder))
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


def test_a_script_on_the_path_is_named_alone(scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(scripts))
    assert invocation.program() == "arxiv-gloss"


def test_a_link_on_the_path_to_the_script_is_named_alone(
    scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = tmp_path / "links"
    links.mkdir()
    (links / "arxiv-gloss").symlink_to(scripts / "arxiv-gloss")
    monkeypatch.setenv("PATH", str(links))
    assert invocation.program() == "arxiv-gloss"


def test_off_the_path_it_is_named_with_its_folder(scripts: Path) -> None:
    assert invocation.program() == str(scripts / "arxiv-gloss")


def test_another_installation_on_the_path_is_not_ours(
    scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "arxiv-gloss").write_text("#!/bin/sh\n")
    (other / "arxiv-gloss").chmod(0o755)
    monkeypatch.setenv("PATH", str(other))
    assert invocation.program() == str(scripts / "arxiv-gloss")


def test_without_a_script_the_module_is_run(scripts: Path) -> None:
    (scripts / "arxiv-gloss").unlink()
    assert invocation.program() == f"{invocation.in_shell(Path(sys.executable))} -m arxiv_gloss"


def test_the_home_folder_is_written_as_a_tilde_and_spaces_are_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert invocation.in_shell(tmp_path / "bin" / "arxiv-gloss") == "~/bin/arxiv-gloss"
    assert invocation.in_shell(tmp_path / "my tools" / "a") == "~/'my tools/a'"
    assert invocation.in_shell(Path("/opt/my tools/a")) == "'/opt/my tools/a'"
