"""How the product opens its SQLite files: write-ahead log, and a damaged file set aside instead of in the way."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

from arxiv_gloss.errors import StateError
from arxiv_gloss.private_files import close_to_others, private_file

SIDE_FILES = ("-wal", "-shm")


class StateDatabase:
    """Tables of state.db, which holds what the reader would miss. Safe to use from several threads and processes."""

    def __init__(self, path: Path, schema: str, what: str) -> None:
        """`what` names the contents in errors. Raises StateError when the file can be neither read nor made."""
        self._what = what
        self._lock = threading.Lock()
        try:
            self._database = open_database(path, schema, durable=True)
        except (sqlite3.Error, OSError) as problem:
            raise StateError(
                f"{what} cannot be kept in {path} ({problem}). Make the folder writable, or name another one with "
                "ARXIV_GLOSS_DATA_DIR."
            ) from problem

    def read(self, statement: str, *values: object) -> list[Any]:
        return self._run(statement, *values).fetchall()

    def write(self, statement: str, *values: object) -> int:
        """Return how many rows were changed."""
        return self._run(statement, *values).rowcount

    def close(self) -> None:
        self._database.close()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        with self._lock:
            try:
                return self._database.execute(statement, values)
            except sqlite3.Error as problem:
                raise StateError(f"{self._what} cannot be read or kept ({problem}).") from problem


def open_database(path: Path, schema: str, *, durable: bool) -> sqlite3.Connection:
    """Open or make the database, for use from several threads under a lock of the caller's.

    A file that is no database any more is renamed to `<name>.damaged` and a new one made.
    `durable` waits for the disk on every commit. Raises sqlite3.OperationalError or OSError.
    """
    private_file(path)  # SQLite gives its side files the rights of the file itself
    for suffix in SIDE_FILES:
        close_to_others(path.with_name(path.name + suffix))
    try:
        return _opened(path, schema, durable=durable)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        set_aside(path)
        private_file(path)
        return _opened(path, schema, durable=durable)


def set_aside(path: Path) -> None:
    """Rename a damaged database, so that a person can still look at it."""
    path.replace(path.with_name(path.name + ".damaged"))
    for suffix in SIDE_FILES:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path, schema: str, *, durable: bool) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        database.execute("PRAGMA mmap_size = 0")  # a full disk under a mapped log ends the process
        database.executescript(schema)
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the quick check failed")
    except BaseException:
        database.close()
        raise
    return database
