"""Switches off the reports of libraries to their makers, before any of them is imported.

Imports nothing of ours.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

SWITCHES = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime >= 1.29; it reads this once, while it is imported
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",  # consoledonottrack.com: an agreement that many tools keep
}
"""What each library looks for in the environment. Child processes inherit it."""


def switch_off() -> None:
    """Set the switches for this process and its children, whatever they were."""
    os.environ.update(SWITCHES)


def is_off(environ: Mapping[str, str] = os.environ) -> bool:
    return all(environ.get(name) == value for name, value in SWITCHES.items())


def left_behind(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Folders in which onnxruntime kept a device id and events to send, if it ran here without the switch."""
    found = [folder / "Microsoft" / "DeveloperTools" / ".onnxruntime" for folder in _cache_folders(environ)]
    return [folder for folder in found if folder.is_dir()]


def _cache_folders(environ: Mapping[str, str]) -> list[Path]:
    """Where onnxruntime keeps such things: of the reader's folders on each system, those that may be."""
    home = Path.home()
    if sys.platform == "win32":
        return [Path(environ["LOCALAPPDATA"])] if environ.get("LOCALAPPDATA") else []
    if sys.platform == "darwin":
        return [home / "Library" / "Caches", home / "Library" / "Application Support"]
    return [Path(environ.get("XDG_CACHE_HOME") or home / ".cache")]
