"""A copy of the built extension where a person finds it, and where it stays: browsers load it from there each time.

The copy is refreshed as a whole; the ticket for pairing lies in it as `pairing.json`, which no web page can read.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from arxiv_gloss.errors import GlossError
from arxiv_gloss.private_files import private_folder, write_private
from arxiv_gloss.settings import Settings, built

BROWSERS = {"chrome": "chrome-mv3", "firefox": "firefox-mv3"}
"""The subfolder for each kind of browser, and the build that goes into it."""
PAIRING = "pairing.json"
MANIFEST = "manifest.json"


class FolderTaken(GlossError):
    code = "folder_taken"


class Invitation(msgspec.Struct, frozen=True):
    """What the extension finds at its first start."""

    address: str
    ticket: str


def folders(settings: Settings) -> dict[str, Path]:
    """Where the extension is for each kind of browser, copied there or not yet."""
    return {browser: settings.extension_dir / browser for browser in BROWSERS}


def copies(settings: Settings) -> dict[str, Path]:
    """Those of the folders that hold the extension now."""
    return {browser: folder for browser, folder in folders(settings).items() if version(folder)}


def refresh(settings: Settings) -> dict[str, Path]:
    """Copy every build that there is; returns the folders that now hold one. Raises FolderTaken and OSError."""
    private_folder(settings.extension_dir)
    made = {}
    for browser, folder in folders(settings).items():
        source = built(BROWSERS[browser])
        if source is not None:
            replace(source, folder)
            made[browser] = folder
    return made


def replace(source: Path, folder: Path) -> bool:
    """Make `folder` a copy of `source`; returns whether it was another one. A browser finds the old one or the new one.

    Raises FolderTaken where something stands that is no extension of ours, and OSError.
    """
    if folder.exists():
        if not _is_ours(source, folder):
            raise FolderTaken(f"{folder} holds something else. Name another place with ARXIV_GLOSS_EXTENSION_DIR.")
        if _contents(source) == _contents(folder):
            return False
    new, old = (folder.with_name(f".{folder.name}.{word}-{os.getpid()}") for word in ("new", "old"))
    shutil.copytree(source, new)
    try:
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
    except OSError:
        if old.exists() and not folder.exists():
            old.rename(folder)
        raise
    finally:
        for rest in (new, old):
            shutil.rmtree(rest, ignore_errors=True)
    return True


def invite(folder: Path, address: str, ticket: str) -> None:
    """Leave a ticket for the extension that is loaded from this folder; its user alone may read it. Raises OSError."""
    write_private(folder / PAIRING, msgspec.json.encode(Invitation(address, ticket)))


def forget_invitation(folder: Path) -> None:
    """What was used is of no use."""
    with suppress(OSError):
        (folder / PAIRING).unlink()


def version(folder: Path) -> str | None:
    """Of the extension in the folder; None where there is none."""
    found = _manifest(folder).get("version")
    return found if isinstance(found, str) else None


def _is_ours(source: Path, folder: Path) -> bool:
    """An empty folder, or an extension with the same identity."""
    if not any(folder.iterdir()):
        return True
    one, other = _manifest(source), _manifest(folder)
    identities = ("key", "browser_specific_settings")
    return any(name in one and one[name] == other.get(name) for name in identities)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        return dict(msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, Any]))
    except (OSError, msgspec.MsgspecError):
        return {}


def _contents(folder: Path) -> dict[str, bytes]:
    """All files by their paths, but for an invitation."""
    files = (file for file in folder.rglob("*") if file.is_file() and file != folder / PAIRING)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
