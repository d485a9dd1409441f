"""`arxiv-gloss service`"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from arxiv_gloss.cli import autostart
from arxiv_gloss.errors import ToolMissing
from arxiv_gloss.invocation import program

UNIT = Path("systemd/user") / f"{autostart.NAME}.service"


@click.group()
def service() -> None:
    """Start the server at login."""


@service.command()
def install() -> None:
    """Start the server now and at every login."""
    command = _serve_command()
    if sys.platform == "darwin":
        file = _write(_launch_agent(), autostart.launchd_agent(command))
        _run("launchctl", "bootstrap", f"gui/{os.getuid()}", str(file))
    elif sys.platform == "win32":
        file = Path(os.environ["TEMP"]) / f"{autostart.NAME}.xml"
        file.write_text(autostart.windows_task(command), encoding="utf-16")
        _run("schtasks", "/Create", "/F", "/TN", autostart.NAME, "/XML", str(file))
        _run("schtasks", "/Run", "/TN", autostart.NAME)
        file.unlink()
    else:
        file = _write(_systemd_unit(), autostart.systemd_unit(command))
        _run("systemctl", "--user", "daemon-reload")
        _run("systemctl", "--user", "enable", "--now", file.name)
    click.echo(f"The server runs, and will start at login. `{program()} service remove` undoes this.")


@service.command()
def remove() -> None:
    """Stop the server and do not start it at login any more."""
    if sys.platform == "darwin":
        _run("launchctl", "bootout", f"gui/{os.getuid()}/{autostart.LABEL}")
        _launch_agent().unlink(missing_ok=True)
    elif sys.platform == "win32":
        _run("schtasks", "/End", "/TN", autostart.NAME)
        _run("schtasks", "/Delete", "/F", "/TN", autostart.NAME)
    else:
        _run("systemctl", "--user", "disable", "--now", UNIT.name)
        _systemd_unit().unlink(missing_ok=True)
        _run("systemctl", "--user", "daemon-reload")
    click.echo("The server is stopped, and will not start at login.")


def _serve_command() -> list[str]:
    python = Path(sys.executable)
    if sys.platform == "win32":  # without a console window
        python = python.with_name("pythonw.exe")
    return [str(python), "-m", "arxiv_gloss", "serve"]


def _systemd_unit() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / UNIT


def _launch_agent() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{autostart.LABEL}.plist"


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    click.echo(f"Wrote {file}")
    return file


def _run(*command: str) -> None:
    """Raises ToolMissing with the system's own words when the command fails."""
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as problem:
        raise ToolMissing(
            f"{command[0]} is not on this machine. Start the server with `{program()} serve`."
        ) from problem
    except subprocess.CalledProcessError as problem:
        words = (problem.stderr or problem.stdout or "").strip()
        raise ToolMissing(f"`{' '.join(command)}` failed: {words}") from problem
