"""How the product opens its SQLite files: write-ahead log, and a damaged file set aside instead of in the way."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path

from arxiv_gloss.private_files import close_to_others, private_file

log = logging.getLogger(__name__)
SIDE_FILES = ("-wal", "-shm")
LOG_TRIES, LOG_WAIT = 50, 0.1
"""How often, and after how many seconds, the write-ahead log is asked for while another program has the file."""


def open_database(path: Path, schema: str = "", *, durable: bool) -> sqlite3.Connection:
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
            (version,) = old.execute("PRAGMA user_version").fetchone()
            database.execute(f"PRAGMA user_version = {version}")  # the tables are still those of that version
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
        _log_ahead(database)
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        database.execute("PRAGMA mmap_size = 0")  # a full disk under a mapped log ends the process
        database.executescript(schema)
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the quick check failed")
    except BaseException:
        database.close()
        raise
    return database


def _log_ahead(database: sqlite3.Connection) -> None:
    """Unlike other statements, this one does not wait for a program that makes the same file at the same time."""
    for _ in range(LOG_TRIES):
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(LOG_WAIT)
        else:
            return
    database.execute("PRAGMA journal_mode = WAL")
