"""state.db: what the reader would miss. Pairings, papers kept for later, and what was hidden and seen on lists.

Its tables have a version (SQLite's `user_version`). A change of them is one more entry of MIGRATIONS, and brings older
files along in one transaction; a file of a newer version is left as it is.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from arxiv_gloss.errors import StateError
from arxiv_gloss.storage.sqlite import open_database

Answer = TypeVar("Answer")
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (  # Files of before there were versions have some of these tables.
        "CREATE TABLE IF NOT EXISTS saved (id TEXT PRIMARY KEY, paper BLOB NOT NULL, at TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS code (hash BLOB NOT NULL, tries INTEGER NOT NULL, made REAL NOT NULL)",
        "CREATE TABLE IF NOT EXISTS pairing (hash BLOB PRIMARY KEY, origin TEXT, made REAL NOT NULL)",
    ),
    (  # `ticket` is in some files of version 1; `instance` is by what commands know the server of these folders.
        "CREATE TABLE IF NOT EXISTS ticket (hash BLOB PRIMARY KEY, made REAL NOT NULL)",
        "CREATE TABLE instance (secret BLOB NOT NULL)",
        "INSERT INTO instance VALUES (randomblob(32))",
    ),
    ("CREATE TABLE triage (id TEXT PRIMARY KEY, hidden INTEGER NOT NULL, seen INTEGER NOT NULL, at TEXT NOT NULL)",),
)
"""Statements that bring a file from version n to n + 1, for n from 0."""
VERSION = len(MIGRATIONS)


class StateDatabase:
    """Safe to use from several threads and processes. Notices when its file has gone, or was put back."""

    def __init__(self, path: Path, what: str) -> None:
        """`what` names the contents in errors. Raises StateError when the file can be neither read nor made."""
        self._path = path
        self._what = what
        self._lock = threading.Lock()
        try:
            self._open()
        except (sqlite3.Error, OSError) as problem:
            raise StateError(
                f"{what} cannot be kept in {path} ({problem}). Make the folder writable, or name another one with "
                "ARXIV_GLOSS_DATA_DIR."
            ) from problem

    def read(self, statement: str, *values: object) -> list[Any]:
        return self._do(lambda database: database.execute(statement, values).fetchall())

    def write(self, statement: str, *values: object) -> int:
        """Return how many rows were changed."""
        return self._do(lambda database: database.execute(statement, values).rowcount)

    def write_all(self, statement: str, rows: Sequence[Sequence[object]]) -> None:
        """The statement for each row, in one transaction: all or none."""

        def run(database: sqlite3.Connection) -> None:
            with _transaction(database):
                database.executemany(statement, rows)

        self._do(run)

    def close(self) -> None:
        self._database.close()

    def _open(self) -> None:
        self._database = open_database(self._path, durable=True)
        self._identity = _identity(self._path)
        try:
            migrate(self._database, self._path)
        except BaseException:
            self._database.close()
            raise

    def _do(self, task: Callable[[sqlite3.Connection], Answer]) -> Answer:
        with self._lock:
            try:
                self._follow()
                return task(self._database)
            except (sqlite3.Error, OSError) as problem:
                raise StateError(f"{self._what} cannot be read or kept ({problem}).") from problem

    def _follow(self) -> None:
        """What is written to a file that was deleted is lost without a word: look before each use. One that was put
        back is opened again. Raises StateError."""
        found = _identity(self._path)
        if found == self._identity:
            return
        if found is None:
            raise StateError(
                f"{self._path} has gone while arXiv Gloss ran. Put its folder back, or start arXiv Gloss again: "
                "then it begins anew."
            )
        self._database.close()
        self._open()


def migrate(database: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to this version; two programs that do so at once do it once. Raises StateError for a file of a
    newer version."""
    if _version(database) != VERSION:
        with _transaction(database):
            found = _version(database)
            if found > VERSION:
                raise StateError(f"{path} was made by a newer version of arXiv Gloss. Update this one.")
            for statements in MIGRATIONS[found:]:
                for statement in statements:
                    database.execute(statement)
            database.execute(f"PRAGMA user_version = {VERSION}")


class _transaction:
    """All or nothing, and no other program in between."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._database.execute("COMMIT")
        else:
            with suppress(sqlite3.Error):  # a full disk has ended it already
                self._database.execute("ROLLBACK")


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
