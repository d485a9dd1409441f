"""Decoded rows on disk. The cache may vanish, fill up or break at any time: then the answer is made without it.

Rows are kept as decoded, keyed by the whole marked source (a row's text depends on the encoding of all of it), the
request, the bundle's digest and the version of the text rules. Whatever a reader may change later (glossary, ledger)
is applied on reading.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from arxiv_gloss.engine.protocol import EngineInfo, Row, RowRequest, Source
from arxiv_gloss.storage.sqlite import open_database, set_aside

log = logging.getLogger(__name__)

Key = bytes
Cached = TypeVar("Cached")
_SCHEMA = "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"
MAX_BYTES = 512 * 1024 * 1024
"""About a hundred thousand papers; a larger file is emptied when it is opened."""

_encode = msgspec.msgpack.Encoder().encode
_row = msgspec.msgpack.Decoder(Row)
_salience = msgspec.msgpack.Decoder(tuple[dict[str, float], ...])


def row_key(source: Source, request: RowRequest, info: EngineInfo) -> Key:
    constraints = (sorted(request.required_slots), sorted(request.forbidden_slots))
    return _key(source, info, (request.task, request.segment, *constraints))


def salience_key(source: Source, info: EngineInfo) -> Key:
    return _key(source, info, ("salience",))


def _key(source: Source, info: EngineInfo, what: tuple[object, ...]) -> Key:
    slots = [one.text for one in source.surfaces if one.shown]  # models without slots read these words themselves
    text = (source.title, source.segments, slots, info.digest, info.precision, info.rules, what)
    return hashlib.sha256(_encode(text)).digest()


def _read(decoder: msgspec.msgpack.Decoder[Cached], value: bytes | None) -> Cached | None:
    """None for what is not there, and for what an older version wrote in another form."""
    try:
        return None if value is None else decoder.decode(value)
    except msgspec.MsgspecError:
        return None


class RowCache:
    """Rows by key, in one SQLite file with a write-ahead log. Safe to use from several threads."""

    def __init__(self, path: Path | None) -> None:
        """`path` None means no cache. Nothing is raised: `problem` says what is wrong, in words for a person."""
        self._path = path
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self.problem: str | None = None
        if path is not None:
            self._open(path)

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Those of the rows that are there."""
        found = {key: _read(_row, self._get(key)) for key in keys}
        return {key: row for key, row in found.items() if row is not None}

    def keep_row(self, key: Key, row: Row) -> None:
        self._put(key, _encode(row))

    def salience(self, key: Key) -> tuple[dict[str, float], ...] | None:
        return _read(_salience, self._get(key))

    def keep_salience(self, key: Key, salience: tuple[dict[str, float], ...]) -> None:
        self._put(key, _encode(salience))

    def close(self) -> None:
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None

    def _open(self, path: Path) -> None:
        try:
            self._database = open_database(path, _SCHEMA, durable=False)
            if path.stat().st_size > MAX_BYTES:
                self._database.execute("DELETE FROM rows")
                self._database.execute("VACUUM")
        except (sqlite3.Error, OSError) as problem:
            self._give_up(f"Glosses are not kept: {path} cannot be used ({problem}).")

    def _get(self, key: Key) -> bytes | None:
        found = self._run("SELECT value FROM rows WHERE key = ?", (key,))
        return bytes(found[0][0]) if found else None

    def _put(self, key: Key, value: bytes) -> None:
        self._run("INSERT OR REPLACE INTO rows VALUES (?, ?)", (key, value))

    def _run(self, statement: str, values: tuple[bytes, ...]) -> list[tuple[bytes]]:
        """Run one statement; on a fault there is no result, and the cache is mended or left out from then on."""
        with self._lock:
            if self._database is None:
                return []
            try:
                return self._database.execute(statement, values).fetchall()
            except sqlite3.OperationalError as problem:  # full disk, read-only folder, lost file
                log.warning("cache: %s", problem)
                self.problem = f"Glosses may not be kept: {self._path} ({problem})."
            except sqlite3.DatabaseError as problem:  # not a database any more
                self._mend(problem)
        return []

    def _mend(self, problem: sqlite3.DatabaseError) -> None:
        assert self._path is not None and self._database is not None
        self._database.close()
        self._database = None
        log.warning("cache: %s is damaged (%s); starting a new one", self._path, problem)
        set_aside(self._path)
        self._open(self._path)

    def _give_up(self, problem: str) -> None:
        log.warning("%s", problem)
        self.problem = problem
        self._database = None
