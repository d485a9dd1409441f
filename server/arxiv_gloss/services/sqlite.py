"""How the product opens its SQLite files: write-ahead log, and a damaged file set aside instead of in the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

SIDE_FILES = ("-wal", "-shm")


def open_database(path: Path, schema: str, *, durable: bool) -> sqlite3.Connection:
    """Open or make the database, for use from several threads under a lock of the caller's.

    A file that is no database any more is renamed to `<name>.damaged` and a new one made.
    `durable` waits for the disk on every commit. Raises sqlite3.OperationalError or OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(path, schema, durable=durable)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        set_aside(path)
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
