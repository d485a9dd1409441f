"""Where a corpus run lives: a folder or a bucket in which a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from arxiv_gloss.errors import BadRequest, ToolMissing

WHOLE_PUTS = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss"}
"""Kinds of addresses where an object is there whole or not at all, and may be put on the condition that it is new."""


class Store(Protocol):
    """Files by name, `month=2401/part-….parquet`. All methods raise OSError."""

    def exists(self, name: str) -> bool: ...

    def glob(self, pattern: str) -> set[str]:
        """Names that match, `*` within one folder."""
        ...

    def read(self, name: str) -> bytes: ...

    def write(self, name: str, content: bytes) -> None:
        """Whole or not at all, in place of what is there."""
        ...

    def write_new(self, name: str, content: bytes) -> None:
        """Whole or not at all; a file that is there already stays."""
        ...

    def delete(self, name: str) -> None: ...


class Folder:
    """A folder of this machine, or one that it shares with others."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def exists(self, name: str) -> bool:
        return (self._path / name).is_file()

    def glob(self, pattern: str) -> set[str]:
        return {found.relative_to(self._path).as_posix() for found in self._path.glob(pattern)}

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Under a temporary name, on the disk, then renamed; one that begins with a dot is read by no engine."""
        file = self._path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".new", dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as written:
                written.write(content)
                written.flush()
                os.fsync(written.fileno())
            _as_others_may_read(Path(temporary))
            Path(temporary).replace(file)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)

    def write_new(self, name: str, content: bytes) -> None:
        if not self.exists(name):
            self.write(name, content)

    def delete(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


class ObjectStore:
    """A bucket or a folder of one, by an address of fsspec: `s3://bucket/corpus`. A put is whole or not at all."""

    def __init__(self, address: str) -> None:
        """Raises BadRequest, and ToolMissing where the library for this kind is not installed."""
        kind = address.partition("://")[0]
        if kind not in WHOLE_PUTS:
            known = ", ".join(sorted(WHOLE_PUTS))
            raise BadRequest(f"{kind}:// may leave half a file; use a folder, or one of these: {known}.")
        try:
            import fsspec

            self._files, self._root = fsspec.url_to_fs(address.rstrip("/"), use_listings_cache=False)
        except ImportError as problem:
            raise ToolMissing(f"{address} needs a library: {problem}.") from problem

    def exists(self, name: str) -> bool:
        return bool(self._files.isfile(self._path(name)))

    def glob(self, pattern: str) -> set[str]:
        return {found.removeprefix(f"{self._root}/") for found in self._files.glob(self._path(pattern))}

    def read(self, name: str) -> bytes:
        return bytes(self._files.cat_file(self._path(name)))

    def write(self, name: str, content: bytes) -> None:
        self._files.pipe_file(self._path(name), content)

    def write_new(self, name: str, content: bytes) -> None:
        """A conditional put: of two who come at once one writes, and the other hears that it is there."""
        with suppress(FileExistsError):
            self._files.pipe_file(self._path(name), content, mode="create")

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"


def _as_others_may_read(file: Path) -> None:
    """With the rights of any other new file: mkstemp closes its own, and a corpus is for more than its maker."""
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(0o666 & ~mask)


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut; Windows opens no folders."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_store(address: str) -> Store:
    """The store at a path, or at an address of fsspec. Raises as ObjectStore."""
    return ObjectStore(address) if "://" in address else Folder(Path(address))
