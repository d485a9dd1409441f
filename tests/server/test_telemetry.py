"""Nothing leaves the machine: no file of a third party is made, no connection and no name look-up is tried.

The commands run as a person runs them, in a home of their own, without the switches that a test machine may have set.
A report that were made all the same would find no way out: its proxy is a closed port, and it trusts no certificate.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from arxiv_gloss import telemetry
from arxiv_gloss.cli import main
from tests.fixtures.tiny_bundle import make_tiny_bundle
from tests.server.conftest import ABSTRACT
from tests.server.papers import make_pdf

GUARDED = """
import ipaddress, os, sys

def is_name(host):
    try:
        return not ipaddress.ip_address(host)
    except ValueError:
        return True

def guard(event, given):
    looked_up = event == "socket.getaddrinfo" and is_name(given[0])
    if looked_up or (event == "socket.connect" and given[1][0] not in ("127.0.0.1", "::1")):
        with open(os.environ["HEARD"], "a") as log:
            print(event, given, file=log)

sys.addaudithook(guard)
from arxiv_gloss.cli import main
main(prog_name="arxiv-gloss")
"""
"""The command line, with every connection and look-up that Python makes written down."""
ASKED = re.compile(r'htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')


class Home:
    """A reader's home with nothing in it but a bundle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard = folder.parent / "heard.log"
        switches = {*telemetry.SWITCHES, "CI", "GITHUB_ACTIONS", "ORT_RUNNING_UNIT_TESTS"}
        self.env = {name: value for name, value in os.environ.items() if name not in switches}
        self.env |= {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CACHE", "DATA", "CONFIG")}
        self.env |= {"HOME": str(folder), "HEARD": str(self.heard), "ARXIV_GLOSS_BUNDLE": "tiny"}
        self.env |= {
            "SSL_CERT_FILE": os.devnull,
            "https_proxy": "http://127.0.0.1:9",
            "ARXIV_GLOSS_PORT": str(_free_port()),
        }
        make_tiny_bundle(folder / "data" / "arxiv-gloss" / "bundles" / "tiny")
        self.abstract = folder.parent / "abstract.txt"
        self.abstract.write_text(ABSTRACT)
        self.rows = folder.parent / "rows.jsonl"
        self.rows.write_text(json.dumps({"id": "2401.00001", "title": "A", "abstract": ABSTRACT}) + "\n")
        self.pdf = folder.parent / "paper.pdf"
        self.pdf.write_bytes(make_pdf.manuscript())

    @property
    def commands(self) -> list[list[str]]:
        digest = ["digest", "--from", str(self.rows), "--date", "2026-01-02"]
        return [["gloss", "--file", str(self.abstract)], ["pdf", str(self.pdf)], digest]

    def serve(self, *before: str) -> None:
        """Run the server until its model is loaded, and then a little."""
        command = [*before, sys.executable, "-c", GUARDED, "serve"]
        process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert process.stdout
        assert b"is running" in process.stdout.readline()
        time.sleep(4)
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate()

    def strangers(self) -> list[str]:
        """Files that are not in folders of ours."""
        ours = {self.folder / kind / "arxiv-gloss" for kind in ("cache", "data", "config")}
        return [str(file) for file in self.folder.rglob("*") if file.is_file() and not ours & set(file.parents)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_no_file_of_a_third_party_is_made_and_python_asks_nobody(home: Home) -> None:
    for command in home.commands:
        done = subprocess.run(
            [sys.executable, "-c", GUARDED, *command], env=home.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    home.serve()
    assert not home.strangers()
    assert not home.heard.exists(), home.heard.read_text()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
def test_the_whole_process_tree_connects_to_loopback_alone(home: Home, tmp_path: Path) -> None:
    log = tmp_path / "net.log"
    traced = ["strace", "-f", "-A", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(log)]
    if subprocess.run([*traced, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    for command in home.commands:
        subprocess.run(
            [*traced, sys.executable, "-c", GUARDED, *command], env=home.env, capture_output=True, check=True
        )
    home.serve(*traced)
    asked = {(port, host) for port, host in ASKED.findall(log.read_text(errors="replace"))}
    assert not {(port, host) for port, host in asked if port == "53" or not (host.startswith("127.") or host == "::1")}


def test_the_switches_are_set_before_anything_is_imported() -> None:
    """Even where the reader's environment says otherwise."""
    said = "import arxiv_gloss, os, sys; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    env = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    done = subprocess.run([sys.executable, "-c", said], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "1 False\n"


def test_doctor_says_that_reports_are_off_and_deletes_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "Microsoft" / "DeveloperTools" / ".onnxruntime"
    kept.mkdir(parents=True)
    (kept / "deviceid").write_text("1")
    (kept.parent / "another").write_text("of another program")
    monkeypatch.setattr(sys, "platform", "linux")
    env = {f"ARXIV_GLOSS_{kind}_DIR": str(tmp_path / kind) for kind in ("DATA", "CONFIG", "CACHE")}
    env |= {"XDG_CACHE_HOME": str(tmp_path)}
    said = CliRunner().invoke(main, ["doctor"], env=env).stdout
    assert "reports:   switched off; `" in said and str(kept) in said
    said = CliRunner().invoke(main, ["doctor", "--clean"], env=env).stdout
    assert f"Deleted {kept}" in said and "no library reports to its maker" in said
    assert not kept.exists() and (kept.parent / "another").exists()


def test_doctor_tells_when_a_switch_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY")
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1 and "would report to its maker" in result.stdout
