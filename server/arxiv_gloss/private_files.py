"""Folders and files that only their reader may open, from their first byte on.

Imports nothing of ours.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER, _FILE = 0o700, 0o600
OTHERS = 0o077
OURS = "arxiv-gloss"
"""What earlier versions called the folders that they left open to others."""


def keep_private() -> None:
    """Whatever this process makes from now on is its user's alone. For commands that write nothing else."""
    os.umask(OTHERS)


def private_folder(folder: Path) -> Path:
    """The folder, made with all above it that is missing. One that was there is closed to others if it bears our name;
    any other may be the reader's own for more than this. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        with suppress(FileExistsError):  # another process of ours was faster
            one.mkdir(_FOLDER)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    if folder.name == OURS:
        close_to_others(folder)
    return folder


def private_file(file: Path) -> Path:
    """The file, empty if it was not there; one of an earlier version is closed to others. Raises OSError.

    A file that is there is never opened: closing it would end the POSIX locks that SQLite holds on it in this process
    (https://sqlite.org/howtocorrupt.html, section 2.2), and another process would then take its log away.
    """
    private_folder(file.parent)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), _FILE))
    close_to_others(file)
    return file


def close_to_others(file: Path) -> None:
    """Of a file that may be there, take others' rights away."""
    with suppress(FileNotFoundError):
        mode = file.stat().st_mode
        if mode & OTHERS:
            file.chmod(mode & ~OTHERS & 0o7777)


@contextmanager
def changing(file: Path) -> Iterator[None]:
    """Whoever reads a file to write it changed does so alone, of all programs of ours: an open lock beside it is waited
    for. It ends with the program that holds it. Raises OSError."""
    lock = private_file(file.with_name(f".{file.name}.lock"))
    with lock.open("r+b") as held:
        _lock(held.fileno())
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:
            with suppress(OSError):  # it gives up after ten seconds
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)


def write_private(file: Path, content: bytes) -> None:
    """Whole or not at all: a reader never finds half a file, and a full disk leaves the old one. Raises OSError."""
    file = Path(os.path.realpath(file))  # a link stays one
    private_folder(file.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".new", dir=file.parent)
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        new.replace(file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
