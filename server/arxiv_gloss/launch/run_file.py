"""server.json in the data folder: which process serves, where, and how its welcome page is opened."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil

from arxiv_gloss import __version__
from arxiv_gloss.private_files import write_private

RUN_FILE = "server.json"
CLOCK_TOLERANCE = 2.0
"""Seconds by which a process's time of birth may seem to move when the clock is set."""


class Running(msgspec.Struct, frozen=True):
    """A process that serves."""

    pid: int
    born: float
    """Seconds since 1970; with it, a later process of the same pid is not taken for this one."""
    port: int
    version: str
    key: str
    """The secret in the address of the welcome page."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def welcome(self) -> str:
        """Address of the welcome page. What follows the # stays in the browser."""
        return f"{self.address}/welcome.html#{self.key}"

    def process(self) -> psutil.Process | None:
        """The process, while it lives."""
        try:
            process = psutil.Process(self.pid)
            is_same = abs(process.create_time() - self.born) < CLOCK_TOLERANCE
            return process if is_same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.Error:
            return None


def write(data_dir: Path, port: int, key: str) -> None:
    """Say that this process serves. Raises OSError."""
    here = Running(os.getpid(), psutil.Process().create_time(), port, __version__, key)
    write_private(data_dir / RUN_FILE, msgspec.json.encode(here))


def read(data_dir: Path) -> Running | None:
    """The server that was last started with this data folder, if it lives."""
    try:
        found = msgspec.json.decode((data_dir / RUN_FILE).read_bytes(), type=Running)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.process() else None


def remove_run_file(data_dir: Path) -> None:
    """Say that this process serves no longer; what another one wrote meanwhile stays."""
    found = read(data_dir)
    if found and found.pid == os.getpid():
        with suppress(OSError):
            (data_dir / RUN_FILE).unlink()
