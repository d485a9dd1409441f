"""The server as a process that outlives the terminal that started it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from arxiv_gloss import serving
from arxiv_gloss.errors import GlossError
from arxiv_gloss.launch import run_file
from arxiv_gloss.launch.run_file import Running
from arxiv_gloss.private_files import private_file
from arxiv_gloss.settings import Settings

LOG = "server.log"
_PATIENCE = 60.0
"""Seconds until a server that was started must answer."""
GOODBYE = 5.0
"""Seconds that a server may take to stop."""
LAST_LINES = 5


class NotStarted(GlossError):
    code = "not_started"


def server_command() -> list[str]:
    """What runs the server; on Windows without a console window."""
    python = Path(sys.executable)
    if sys.platform == "win32":
        python = python.with_name("pythonw.exe")
    return [str(python), "-m", "arxiv_gloss", "serve"]


def start(settings: Settings) -> Running:
    """Start the server and wait until it answers. Of two that start at once the one that gets the port serves, and both
    find it. Raises NotStarted with the last lines of its log, and OSError."""
    log = private_file(settings.data_dir / LOG)
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            server_command(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=settings.data_dir,  # it holds no other folder of the reader's
            env={**os.environ, **_as_environment(settings)},
            creationflags=_without_console(),
            start_new_session=True,  # closing the terminal does not end it
        )
    running = wait(settings, process)
    process.returncode = process.returncode or 0  # it is meant to outlive us, and Python need not warn of that
    if running is None:
        words = " ".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:])
        raise NotStarted(f"The server did not start: {words or 'it said nothing'} (log: {log})")
    return running


def wait(settings: Settings, process: subprocess.Popen[bytes] | None = None) -> Running | None:
    """The server once it answers; None when `process` ends without one, or after PATIENCE."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        running = run_file.read(settings.data_dir)
        if running and serving.is_running(running.port):
            return running
        if process is not None and process.poll() is not None:
            return None
        time.sleep(0.05)
    return None


def stop(running: Running) -> None:
    """End it, and wait until it has ended."""
    process = running.process()
    if process is None:
        return
    try:
        process.terminate()
        process.wait(GOODBYE)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(GOODBYE)
    except psutil.NoSuchProcess:
        pass


def _as_environment(settings: Settings) -> dict[str, str]:
    """The folders as absolute paths, because the server has another working folder, and the port of this call."""
    folders = ("config_dir", "data_dir", "cache_dir", "extension_dir")
    given = {f"ARXIV_GLOSS_{name.upper()}": str(getattr(settings, name).resolve()) for name in folders}
    return given | {"ARXIV_GLOSS_PORT": str(settings.port), "PYTHONUTF8": "1"}


def _without_console() -> int:
    if sys.platform == "win32":
        return subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0
