"""How the product opens its SQLite files: write-ahead log, and a damaged file set aside instead of in the way."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from arxiv_gloss.errors import StateError
from arxiv_gloss.private_files import close_to_others, private_file

log = logging.getLogger(__name__)
SIDE_FILES = ("-wal", "-shm")


VERSION = 1
"""Of the tables of state.db. A change of them raises it, and comes with the statements that bring older files along."""


class StateDatabase:
    """Tables of state.db, which holds what the reader would miss. Safe to use from several threads and processes."""

    def __init__(self, path: Path, schema: str, what: str) -> None:
        """`what` names the contents in errors. Raises StateError when the file can be neither read nor made."""
        self._what = what
        self._lock = threading.Lock()
        try:
            self._database = open_database(path, schema, durable=True)
            self._check_version(path)
        except (sqlite3.Error, OSError) as problem:
            raise StateError(
                f"{what} cannot be kept in {path} ({problem}). Make the folder writable, or name another one with "
                "ARXIV_GLOSS_DATA_DIR."
            ) from problem

    def _check_version(self, path: Path) -> None:
        (found,) = self._database.execute("PRAGMA user_version").fetchone()
        if found > VERSION:
            self._database.close()
            raise StateError(f"{path} was made by a newer version of arXiv Gloss. Update this one.")
        if found < VERSION:
            self._database.execute(f"PRAGMA user_version = {VERSION}")

    def read(self, statement: str, *values: object) -> list[Any]:
        return self._run(statement, *values).fetchall()

    def write(self, statement: str, *values: object) -> int:
        """Return how many rows were changed."""
        return self._run(statement, *values).rowcount

    def write_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """The statement for each row, in one transaction: all or none."""
        with self._lock:
            try:
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    self._database.executemany(statement, rows)
                    self._database.execute("COMMIT")
                except BaseException:
                    self._database.execute("ROLLBACK")
                    raise
            except sqlite3.Error as problem:
                raise StateError(f"{self._what} can not be read or kept ({problem}).") from problem

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

    A file that is no database any more is set aside and a new one made; what is `durable` waits for the disk on every
    commit, and takes over what can still be read. Raises sqlite3.OperationalError or OSError.
    """
    private_file(path)  # SQLite gives its side files the rights of the file itself
    for suffix in SIDE_FILES:
        close_to_others(path.with_name(path.name + suffix))
    try:
        return _opened(path, schema, durable=durable)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        copy = set_aside(path)
        private_file(path)
        database = _opened(path, schema, durable=durable)
        if durable:
            taken = take_over(copy, database)
            log.warning("%s was damaged: %d rows were taken over, and the file is kept as %s", path, taken, copy)
        return database


def set_aside(path: Path) -> Path:
    """Rename a damaged database with its log, so that a person can still look at it; no earlier copy is overwritten.
    Return the copy."""
    number = 1 + len(damaged_copies(path))
    while (copy := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.replace(copy)
    for suffix in SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.replace(copy.with_name(copy.name + suffix))
    return copy


def damaged_copies(path: Path) -> list[Path]:
    """Databases that were set aside, the oldest first."""
    found = path.parent.glob(f"{path.name}.damaged*")
    return sorted(one for one in found if not one.name.endswith(SIDE_FILES))


def take_over(damaged: Path, database: sqlite3.Connection) -> int:
    """Put into a new database all rows of the damaged one that can be read, from both ends; return how many."""
    taken = 0
    with tempfile.TemporaryDirectory(prefix=".rescue-", dir=damaged.parent) as folder:
        copy = Path(folder) / damaged.name  # what is read is changed by reading: its log is folded in
        for suffix in ("", *SIDE_FILES):
            if (file := damaged.with_name(damaged.name + suffix)).exists():
                shutil.copy(file, Path(folder) / file.name)
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as old:
            tables = old.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
            for name, schema in tables:
                taken += _take_table(old, database, str(name), str(schema))
    return taken


def _take_table(old: sqlite3.Connection, new: sqlite3.Connection, name: str, schema: str) -> int:
    before = new.total_changes
    with suppress(sqlite3.Error):
        if not new.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone():
            new.execute(schema)
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error):
            for row in old.execute(f'SELECT * FROM "{name}" ORDER BY rowid {order}'):
                marks = ",".join("?" * len(row))
                new.execute(f'INSERT OR IGNORE INTO "{name}" VALUES ({marks})', row)
    return new.total_changes - before


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
