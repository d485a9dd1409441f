"""`start`, `status` and `stop` as a person meets them, with a real background process."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from arxiv_gloss import settings
from arxiv_gloss.cli import main
from arxiv_gloss.demo.server import DIRECT, free_port
from arxiv_gloss.launch import run_file
from arxiv_gloss.storage.pairings import Pairings
from tests.fixtures.tiny_bundle import make_tiny_bundle

ORIGIN = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


class Home:
    """Folders of their own, a port of its own, and an extension that is built."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.env = {f"ARXIV_GLOSS_{name}_DIR": str(root / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
        self.env |= {"ARXIV_GLOSS_EXTENSION_DIR": str(root / "extension"), "ARXIV_GLOSS_PORT": str(self.port)}
        self.env |= {"ARXIV_GLOSS_BUNDLE": "tiny", "ARXIV_GLOSS_ASK_ARXIV": "false", "XDG_CONFIG_HOME": str(root)}
        make_tiny_bundle(root / "data" / "bundles" / "tiny")

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, env={**os.environ, **self.env, "DISPLAY": "", "WAYLAND_DISPLAY": ""})

    def invitation(self) -> dict[str, str]:
        return dict(json.loads((self.root / "extension" / "chrome" / "pairing.json").read_text()))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    build = tmp_path / "built"
    build.mkdir()
    (build / "manifest.json").write_text(json.dumps({"key": "ours", "version": "1.0.0"}))
    monkeypatch.setattr("arxiv_gloss.launch.extension_folder.built", lambda name: build if "chrome" in name else None)
    made = Home(tmp_path)
    yield made
    made.run("stop")


def test_from_nothing_to_a_running_server_and_back(home: Home) -> None:
    assert home.run("status").exit_code == 3
    started = home.run("start")
    assert started.exit_code == 0, started.output
    assert f"http://127.0.0.1:{home.port}/welcome.html#" in started.stdout
    running = run_file.read(home.root / "data")
    assert running and running.port == home.port
    with DIRECT.open(f"{running.address}/welcome/{running.key}/state") as answer:
        state = json.load(answer)
    assert state["folders"] == {"chrome": str(home.root / "extension" / "chrome")}
    assert not state["paired"] and not state["extension"]

    status = home.run("status")
    assert status.exit_code == 0
    assert f"http://127.0.0.1:{home.port}/" in status.stdout and "1.0.0 for Chrome" in status.stdout

    first = home.invitation()
    again = home.run("start")
    assert "already running" in again.stdout
    second = run_file.read(home.root / "data")
    assert second and second.pid == running.pid
    assert home.invitation()["address"] == first["address"] and home.invitation()["ticket"] != first["ticket"]

    assert "Stopped." in home.run("stop").stdout
    assert run_file.read(home.root / "data") is None
    assert "not running" in home.run("stop").stdout


def test_a_paired_reader_is_not_welcomed_again(home: Home) -> None:
    pairings = Pairings(home.root / "data" / "state.db")
    pairings.new_token(ORIGIN)
    pairings.close()
    shown = home.run("start").stdout
    assert "A browser is paired" in shown and "welcome.html" not in shown
    assert home.invitation()["ticket"]
    assert "welcome.html" in home.run("start", "--browser").stdout


def test_the_log_is_its_readers_alone_and_says_why_nothing_started(home: Home) -> None:
    (home.root / "config").mkdir()
    (home.root / "config" / settings.SETTINGS_FILE).write_text('nonsense = "x"\n')
    assert "bad_setting" in home.run("start").output
    (home.root / "config" / settings.SETTINGS_FILE).unlink()
    (home.root / "data" / "state.db").mkdir()
    failed = home.run("start")
    assert failed.exit_code == 1
    assert "server.log" in failed.output and "Traceback" not in failed.output
    if sys.platform != "win32":
        assert (home.root / "data" / "server.log").stat().st_mode & 0o077 == 0


def test_a_port_of_another_program_is_told(home: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", home.port))
        taken.listen()
        told = home.run("start")
    assert told.exit_code == 1
    assert "(port)" in told.output and str(home.port) in told.output
