"""Where a corpus run lives: a folder in which a file is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol


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
    """The store at a path."""
    return Folder(Path(address))
