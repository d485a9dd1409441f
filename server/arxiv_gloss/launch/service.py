"""The server as a service of the reader's own session: systemd, launchd or the Task Scheduler."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from arxiv_gloss.errors import ToolMissing
from arxiv_gloss.invocation import program
from arxiv_gloss.launch import autostart, background

_UNIT = f"{autostart.SERVICE_NAME}.service"


def is_installed() -> bool:
    """Whether `install` was called and `remove` was not."""
    if sys.platform == "win32":
        with suppress(ToolMissing):
            _run("schtasks", "/Query", "/TN", autostart.SERVICE_NAME)
            return True
        return False
    return _file().is_file()


def install() -> Path | None:
    """Start the server now and at every login; returns the file that says so, where there is one. A failure leaves
    nothing behind. Raises ToolMissing and OSError."""
    if sys.platform == "win32":
        _install_task()
        return None
    file, is_mac = _file(), sys.platform == "darwin"
    text = autostart.launchd_agent if is_mac else autostart.systemd_unit
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text(background.server_command()), encoding="utf-8")
    try:
        if is_mac:
            _run("launchctl", "bootstrap", _domain(), str(file))
        else:
            _run("systemctl", "--user", "daemon-reload")
            _run("systemctl", "--user", "enable", "--now", _UNIT)
    except ToolMissing:
        file.unlink()
        raise
    return file


def remove() -> None:
    """Stop the server and do not start it at login any more. Raises ToolMissing."""
    if sys.platform == "win32":
        _run("schtasks", "/End", "/TN", autostart.SERVICE_NAME)
        _run("schtasks", "/Delete", "/F", "/TN", autostart.SERVICE_NAME)
    elif sys.platform == "darwin":
        _run("launchctl", "bootout", f"{_domain()}/{autostart.LABEL}")
        _file().unlink(missing_ok=True)
    else:
        _run("systemctl", "--user", "disable", "--now", _UNIT)
        _file().unlink(missing_ok=True)
        _run("systemctl", "--user", "daemon-reload")


def start() -> None:
    """Start the service that is installed. Raises ToolMissing."""
    if sys.platform == "win32":
        _run("schtasks", "/Run", "/TN", autostart.SERVICE_NAME)
    elif sys.platform == "darwin":
        _run("launchctl", "kickstart", f"{_domain()}/{autostart.LABEL}")
    else:
        _run("systemctl", "--user", "start", _UNIT)


def stop() -> None:
    """Stop it until the next login. Raises ToolMissing."""
    if sys.platform == "win32":
        _run("schtasks", "/End", "/TN", autostart.SERVICE_NAME)
    elif sys.platform == "darwin":
        _run("launchctl", "kill", "SIGTERM", f"{_domain()}/{autostart.LABEL}")
    else:
        _run("systemctl", "--user", "stop", _UNIT)


def _install_task() -> None:
    file = Path(os.environ["TEMP"]) / f"{autostart.SERVICE_NAME}.xml"
    file.write_text(autostart.windows_task(background.server_command()), encoding="utf-16")
    try:
        _run("schtasks", "/Create", "/F", "/TN", autostart.SERVICE_NAME, "/XML", str(file))
        _run("schtasks", "/Run", "/TN", autostart.SERVICE_NAME)
    finally:
        file.unlink()


def _file() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents" / f"{autostart.LABEL}.plist"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user" / _UNIT


def _domain() -> str:
    return f"gui/{os.getuid()}" if sys.platform != "win32" else ""


def _run(*command: str) -> None:
    """Raises ToolMissing with the system's own words when the command fails."""
    instead = f"Without a service, `{program()} start` runs the server in the background."
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise ToolMissing(f"{command[0]} is not on this machine. {instead}") from problem
    except subprocess.CalledProcessError as problem:
        words = (problem.stderr or problem.stdout or "").strip()
        raise ToolMissing(f"`{' '.join(command)}` failed: {words}. {instead}") from problem
