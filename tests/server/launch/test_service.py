"""A service that cannot be started leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from arxiv_gloss.errors import ToolMissing
from arxiv_gloss.launch import service

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd")


def make_systemctl(folder: Path, exit_status: int) -> None:
    folder.mkdir()
    tool = folder / "systemctl"
    tool.write_text(f"#!/bin/sh\necho Failed to connect to bus >&2\nexit {exit_status}\n")
    tool.chmod(0o755)


def test_without_a_session_there_is_no_unit_file_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_systemctl(tmp_path / "bin", 1)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(ToolMissing, match=r"Failed to connect to bus.*start` runs the server in the background"):
        service.install()
    assert not service.is_installed()


def test_a_service_is_installed_until_it_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_systemctl(tmp_path / "bin", 0)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert service.install() == tmp_path / "config" / "systemd" / "user" / "arxiv-gloss.service"
    assert service.is_installed()
    service.remove()
    assert not service.is_installed()
