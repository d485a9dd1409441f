"""The texts that start the server at login, read by each system's own kind of reader."""

from __future__ import annotations

import configparser
import plistlib
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from arxiv_gloss.launch import autostart

COMMAND = ["/home/a reader/100% & <more>/python", "-m", "arxiv_gloss", "serve"]


def test_systemd_unit() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(autostart.systemd_unit(COMMAND))
    assert unit["Service"]["ExecStart"] == '"/home/a reader/100%% & <more>/python" "-m" "arxiv_gloss" "serve"'
    assert unit["Install"]["WantedBy"] == "default.target"
    assert "Environment=ORT_DISABLE_TELEMETRY=1" in autostart.systemd_unit(COMMAND).splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    file = tmp_path / "arxiv-gloss.service"
    file.write_text(autostart.systemd_unit(["/bin/true", "serve"]))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", str(file)], capture_output=True, text=True, check=False
    )
    assert "arxiv-gloss.service:" not in done.stderr


def test_launchd_agent() -> None:
    agent = plistlib.loads(autostart.launchd_agent(COMMAND).encode())
    assert agent["ProgramArguments"] == COMMAND
    assert agent["Label"] == autostart.LABEL
    assert agent["RunAtLoad"] is True
    assert agent["EnvironmentVariables"]["ORT_DISABLE_TELEMETRY"] == "1"


def test_windows_task() -> None:
    task = ElementTree.fromstring(autostart.windows_task([*COMMAND, "a b"]).encode("utf-16"))
    names = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert task.findtext("t:Actions/t:Exec/t:Command", None, names) == COMMAND[0]
    assert task.findtext("t:Actions/t:Exec/t:Arguments", None, names) == '-m arxiv_gloss serve "a b"'
    assert task.find("t:Triggers/t:LogonTrigger", names) is not None
    assert task.findtext("t:Principals/t:Principal/t:RunLevel", None, names) == "LeastPrivilege"
